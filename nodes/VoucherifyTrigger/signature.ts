import { createHmac } from 'crypto';
import { equalInConstantTime } from '../common/constantTime';

/** The header in which Voucherify sends the signature. Node.js gives header names in lower case. */
export const SIGNATURE_HEADER = 'x-voucherify-signature';

/**
 * Whether Voucherify signed a body: the lowercase hex HMAC-SHA256, keyed with the project's secret, of the body as it was sent or of its
 * JSON without white space (a proxy may have reformatted it).
 * @param body the bytes as they were received
 * @param signature the value of the header
 * @param secret an empty one verifies nothing
 */
export function isSignedBy(secret: string, body: Buffer, signature: unknown): boolean {
	// What can't be a signature isn't worth reading a large body for.
	if (secret === '' || typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
	if (equalInConstantTime(sign(body, secret), signature)) return true;
	return equalInConstantTime(sign(withoutWhiteSpace(body), secret), signature);
}

function sign(body: Buffer, secret: string): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * JSON without the white space outside of its strings. It works on bytes, in one pass and without a regular expression: the body isn't
 * trusted yet, and can have 16 MB.
 */
export function withoutWhiteSpace(json: Buffer): Buffer {
	const left = Buffer.alloc(json.length);
	let length = 0;
	let inString = false;
	let escaped = false;
	for (const byte of json) {
		if (!inString && WHITE_SPACE.has(byte)) continue;
		left[length++] = byte;
		if (escaped) escaped = false;
		else if (inString && byte === BACKSLASH) escaped = true;
		else if (byte === QUOTE) inString = !inString;
	}
	return left.subarray(0, length);
}
