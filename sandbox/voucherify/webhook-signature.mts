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
	let compact = '';
	// Step by step: a pattern for strings would exhaust the stack with one of megabytes.
	for (let at = 0; at < text.length;) {
		const string = text.indexOf('"', at);
		compact += text.slice(at, string < 0 ? undefined : string).replace(/\s+/g, '');
		if (string < 0) break;
		let end = string + 1;
		while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
		at = end + 1;
		compact += text.slice(string, at);
	}
	return compact;
}
