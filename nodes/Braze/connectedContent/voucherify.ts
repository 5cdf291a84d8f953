import { InvalidInput, shown } from '../../common/failure';
import { urlOf } from '../../common/urlPath';
import type { Customer } from './profileField';
import type { Manners } from './snippet';
import { connectedContent, type Call } from './tag';
import { general, KEYS_SHOW } from './warnings';

/** What a call to Voucherify is made with. */
export interface Project {
	/** Address of the API, without a slash at the end. */
	readonly origin: string;
	readonly applicationId: string;
	readonly secretKey: string;
}

/** What all snippets that call Voucherify have in common. */
export interface ForVoucherify {
	readonly project: Project;
	readonly customer: Customer;
	readonly manners: Manners;
}

type VoucherifyCall = Pick<Call, 'method' | 'body' | 'save'> & {
	/** From the first slash on. */
	readonly path: string;
	readonly cacheFor?: Call['cacheFor'];
	readonly retry?: boolean;
};

/**
 * A call to Voucherify.
 * @throws {InvalidInput} for an address or a key that no call could be made with
 */
export function callVoucherify({ project, manners }: ForVoucherify, call: VoucherifyCall): string {
	const { path, ...rest } = call;
	return connectedContent({
		cacheFor: manners.cacheFor,
		retry: manners.retry,
		...rest,
		url: `${webOrigin(project.origin)}${path}`,
		headers: {
			'X-App-Id': key('Application ID', project.applicationId),
			'X-App-Token': key('Application Token', project.secretKey),
		},
	});
}

/** What to know about every snippet that calls Voucherify. */
export function warningsOf({ manners }: ForVoucherify): readonly string[] {
	return [...general(manners), KEYS_SHOW];
}

/** The address of a host that Braze can call: the usual ports only, and nothing behind the host's name. */
function webOrigin(address: string): string {
	const url = urlOf(address);
	if (url !== undefined && url.protocol === 'https:' && url.href === `${url.origin}/` && url.port === '') {
		return url.origin;
	}
	throw new InvalidInput(
		'URL',
		`is ${shown(address)}`,
		'Enter the address of the API alone, like https://acme.api.voucherify.io. Braze calls port 443 only.',
	);
}

/** A key as it stands in a header; an error does not repeat it. */
function key(field: string, text: string): string {
	if (/^[\w.~-]+$/.test(text)) return text;
	throw new InvalidInput(
		field,
		text === '' ? 'is empty' : 'has signs that no key of Voucherify has',
		'Enter the key as Voucherify shows it, or leave the placeholder and replace it in Braze.',
	);
}
