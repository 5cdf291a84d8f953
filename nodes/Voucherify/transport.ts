import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { baseUrl } from '../common/baseUrl';
import type { ApiResponse, Explanation, Headers, Service } from '../common/request';
import type { RateLimitReading } from '../common/rateLimit';

/** How Voucherify is reached, how it announces its limits, and what its errors mean. */
export const voucherify: Service = {
	name: 'Voucherify',
	credentialType: 'voucherifyApi',
	connection: ({ region, baseUrl: own, secretKey, webhookSecret }: ICredentialDataDecryptedObject) => ({
		baseUrl: baseUrl('Voucherify', region, own),
		secrets: [secretKey, webhookSecret].filter((secret): secret is string => typeof secret === 'string'),
	}),
	rateLimit,
	refusedUnread: () => false,
	explain,
};

/** Whether a host is one of Voucherify's own, and may see the keys: exports are downloaded from another host than the API's. */
export function isVoucherifyHost(host: string): boolean {
	return /^([a-z0-9-]+\.)*voucherify\.io$/i.test(host);
}

function rateLimit(headers: Headers): RateLimitReading & { readonly retryAt?: number | undefined } {
	const resets = Number(headers['x-rate-limit-retry'] ?? Number.NaN);
	const remaining = Number(headers['x-rate-limit-remaining'] ?? Number.NaN);
	const resetsAt = Number.isFinite(resets) && resets > 0 ? resets * 1000 : undefined;
	return { remaining: Number.isFinite(remaining) ? remaining : undefined, resetsAt, retryAt: resetsAt };
}

function explain({ status, body, headers }: ApiResponse): Explanation {
	const { key, message, details } = errorOf(body);
	const said = [message, details]
		.filter((part, index, parts) => part !== '' && parts.indexOf(part) === index)
		.join(': ');
	const code = key === '' ? undefined : key;
	switch (status) {
		case 401:
			return {
				message: 'Voucherify does not accept these keys',
				description: 'Check the Application ID, the Secret Key and the region in the Voucherify credential.',
				code,
			};
		case 402:
			return { message: 'Your Voucherify plan does not include this', description: said, code };
		case 403:
			return { message: 'These Voucherify keys may not do that', description: said, code };
		case 404:
			return { message: `Voucherify has no such object${said === '' ? '' : `: ${said}`}`, code };
		case 413:
			return { message: 'Voucherify found the request too large', description: said, code, tooLarge: true };
		case 429:
			return {
				message:
					headers['x-rate-limit-type'] === 'api_calls_cycle'
						? "The API calls of your Voucherify plan's billing cycle are used up"
						: 'The rate limit of Voucherify is used up',
				description: said,
				code,
			};
		default:
			return status >= 500
				? { message: `Voucherify has a problem (${status})`, description: said, code }
				: {
						message: `Voucherify refused the request: ${said === '' ? `status ${status}` : said}`,
						description: REMEDIES.get(key),
						code,
						refused: key === 'multiple_requests',
					};
	}
}

/** What to do about refusals whose own words don't say it. */
const REMEDIES: ReadonlyMap<string, string> = new Map(
	Object.entries({
		multiple_requests: 'Something else is changing the same object. Run the item again.',
		no_voucher_suitable_for_publication:
			'The campaign has no code left to hand out. Add vouchers to it in Voucherify, or use a campaign that generates codes as they are needed.',
		missing_vouchers: 'The campaign has no codes. Add vouchers to it in Voucherify.',
		voucher_already_published: 'The code belongs to another customer already.',
		voucher_cannot_be_published:
			'If customers can join this campaign only once, set "Prevent Duplicates" to "Off": Voucherify then gives back the code that the customer has.',
	}),
);

function errorOf(body: unknown): { key: string; message: string; details: string } {
	const text = (name: string): string => {
		const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
		return typeof value === 'string' ? value : '';
	};
	if (typeof body === 'string') return { key: '', message: body.slice(0, 300), details: '' };
	return { key: text('key'), message: text('message') || text('error'), details: text('details') };
}
