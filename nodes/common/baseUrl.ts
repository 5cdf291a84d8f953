import { Failure } from './failure';
import { urlOf } from './urlPath';

/**
 * The address of a service as a credential gives it.
 * @param chosen the value of the list: an address, or `custom`
 * @param own the address typed by the user
 * @returns without a slash at the end
 * @throws {Failure} for what is no http(s) address, or carries a path, query or password
 */
export function baseUrl(service: string, chosen: unknown, own: unknown): string {
	const address = withoutSlash((chosen === 'custom' ? String(own ?? '') : String(chosen ?? '')).trim());
	const url = urlOf(address);
	const web = url !== undefined && /^https?:$/.test(url.protocol);
	if (web && url.href === `${url.origin}/`) return url.origin;
	throw new Failure({
		message: `The URL in the ${service} credential is not usable`,
		description: `It has to be the address of the API alone, like https://api.example.com, and ${fault(address, web ? url : undefined)}.`,
	});
}

/** An address without the slashes that it may end with. */
export function withoutSlash(address: string): string {
	let end = address.length;
	while (address[end - 1] === '/') end--;
	return address.slice(0, end);
}

/** What is wrong with an address, without repeating what may be secret. */
function fault(address: string, url: URL | undefined): string {
	if (url === undefined)
		return address === '' ? 'is empty' : 'does not start with https:// and the name of a host';
	if (url.username !== '' || url.password !== '') return 'carries a name or a password';
	return `has something behind ${url.origin}`;
}
