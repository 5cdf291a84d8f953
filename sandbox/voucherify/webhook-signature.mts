import { createHmac } from 'node:crypto';

/**
 * The value of the header `x-voucherify-signature`: the lowercase hex HMAC-SHA256 of the text without white space
 * outside of strings, as Voucherify documents it. Text that is no JSON is signed as it is.
 */
export function webhookSignature(text: string, secret: string): string {
	return createHmac('sha256', secret).update(withoutWhiteSpace(text)).digest('hex');
}

function withoutWhiteSpace(text: string): string {
	try {
		JSON.parse(text);
	} catch {
		return text;
	}
	// Strings are matched first and kept, so that only white space between them goes. Taken character by character, one of megabytes
	// would exhaust the stack.
	return text.replace(/("(?:[^"\\]+|\\.)*")|\s+/g, '$1');
}
