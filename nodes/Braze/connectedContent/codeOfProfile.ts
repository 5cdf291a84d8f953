import { queryValue } from './escaping';
import { readProfile } from './profileField';
import { readMessageId, type MessageForm } from './sourceId';
import { inPath, inQuery, trimmed } from './tag';
import type { ForVoucherify } from './voucherify';

/** What a snippet is made of that is about the code on a profile. */
export interface WithCode extends ForVoucherify {
	readonly message: MessageForm;
	/** The custom attribute that holds the code. */
	readonly codeAttribute: string;
}

/** Liquid about the code on the profile. */
export interface CodeOfProfile {
	readonly prepared: readonly string[];
	readonly needed: readonly string[];
	/** The code as the last part of a path, with the query that keeps Braze's cache apart by user and send-out. */
	readonly inUrl: string;
	/** The same with another part behind the code. */
	readonly inUrlWith: (part: string) => string;
}

/**
 * Reads the code on the profile, and who it is asked for.
 * @param what tells different calls about the code apart
 */
export function cardCode({ customer, message, codeAttribute }: WithCode, what = ''): CodeOfProfile {
	const call = callId(message, what);
	const inUrlWith = (part: string) => `${inPath('card_code')}${part}?${call.cacheId}`;
	return {
		prepared: [
			readProfile('customer_id', customer, 'Customer Attribute'),
			readProfile('card_code', { from: 'attribute', name: codeAttribute }, 'Code Attribute'),
			trimmed('assign card_code = card_code | strip'),
			...call.prepared,
		],
		needed: ['customer_id', 'card_code'],
		inUrl: inUrlWith(''),
		inUrlWith,
	};
}

/**
 * Tells the calls for one user and send-out from all others; it takes `customer_id` for granted.
 * @param what tells different calls of one message apart
 */
export function callId(
	message: MessageForm,
	what: string,
): {
	readonly prepared: readonly string[];
	readonly cacheId: string;
} {
	return {
		prepared: [
			readMessageId('dispatch_id', message),
			trimmed('assign call_id = dispatch_id | append: customer_id'),
		],
		cacheId: `cache_id=${what === '' ? '' : `${queryValue('Event', what)}-`}${inQuery('call_id')}`,
	};
}
