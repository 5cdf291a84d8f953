import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { equalInConstantTime } from '../../nodes/common/constantTime';
import { isSignedBy, withoutWhiteSpace } from '../../nodes/VoucherifyTrigger/signature';
import { MANY_CASES } from './many-cases.mts';

const KEY = 'secretKey';

function verifies(body: string, signature: unknown, secret = KEY): boolean {
	return isSignedBy(secret, Buffer.from(body), signature);
}

function sign(body: string | Uint8Array, secret = KEY): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

/** A secret as projects have them; HMAC takes no notice of zeros at the end of one. */
const anySecret = fc.string({ unit: 'binary', minLength: 1 }).filter((secret) => !secret.endsWith('\0'));
/** A body that is JSON, with white space or without, or anything else. */
const anyBody = fc.oneof(
	fc.json().map((json) => Buffer.from(json)),
	fc
		.tuple(fc.jsonValue(), fc.constantFrom(1, '\t'))
		.map(([value, indent]) => Buffer.from(JSON.stringify(value, undefined, indent))),
	fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);
const WHITE_SPACE = [0x20, 0x09, 0x0a, 0x0d];

/** A body that differs in one byte, lacks one, or has one more that is no white space. None of them can be made of the other by leaving out white space. */
function changed(body: Buffer, at: number, byte: number, how: 'change' | 'leave out' | 'put in'): Buffer {
	const place = at % body.length;
	const before = body.subarray(0, place);
	if (how === 'leave out') return Buffer.concat([before, body.subarray(place + 1)]);
	if (how === 'put in') {
		const extra = WHITE_SPACE.includes(byte) ? 0x2c : byte;
		return Buffer.concat([before, Buffer.of(extra), body.subarray(place)]);
	}
	const other = byte === body[place] ? byte ^ 1 : byte;
	return Buffer.concat([before, Buffer.of(other), body.subarray(place + 1)]);
}

/** What is like a signature: it differs in one sign, in letter case, in length or in kind. */
function forgeries(signature: string, at: number, digit: string): readonly unknown[] {
	const other = signature[at] === digit ? 'g' : digit;
	return [
		`${signature.slice(0, at)}${other}${signature.slice(at + 1)}`,
		signature.slice(0, at),
		signature.slice(at + 1),
		`${signature}${digit}`,
		`${signature}\n`,
		` ${signature}`,
		`sha256=${signature}`,
		`${signature},${signature}`,
		signature.toUpperCase(),
		[signature],
		{ toString: () => signature },
		undefined,
		null,
		'0'.repeat(64),
	].filter((one) => one !== signature);
}

describe('signature of webhooks', () => {
	it.each([
		['{"a":1}', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
		['{ "a": 1 }', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
		['{\n  "a"\t:\r\n 1\n}\n', 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2'],
		['{"a\\"b": 1}', 'f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb'],
		['  message  ', '53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358'],
	])('verifies %j, as Voucherify documents it', (body, signature) => {
		expect(verifies(body, signature)).toBe(true);
		expect(verifies(body, signature, 'anotherKey')).toBe(false);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['an empty text', ''],
		['a list', [sign('{}')]],
		['upper case', sign('{}').toUpperCase()],
		['the signature of something else', sign('{"a":1}')],
		['a signature that goes on', `${sign('{}')}0`],
	])('refuses %s for a signature', (_what, signature) => {
		expect(verifies('{}', signature)).toBe(false);
	});

	it('verifies nothing with an empty secret', () => {
		expect(verifies('{}', createHmac('sha256', '').update('{}').digest('hex'), '')).toBe(false);
	});

	it('takes white space for a difference inside of texts', () => {
		expect(verifies('{"a": "x  y"}', sign('{"a":"x  y"}'))).toBe(true);
		expect(verifies('{"a": "x y"}', sign('{"a":"x  y"}'))).toBe(false);
		expect(verifies('{"a": "x\\" y"}', sign('{"a":"x\\"y"}'))).toBe(false);
	});

	it('verifies whatever body node:crypto signed with the secret', () => {
		fc.assert(
			fc.property(anyBody, anySecret, (body, secret) => {
				assert(isSignedBy(secret, body, sign(body, secret)));
			}),
			MANY_CASES,
		);
	});

	it('verifies JSON of which a proxy changed the white space, and nothing else', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t', ' \t'), anySecret, (value, indent, secret) => {
				const body = Buffer.from(JSON.stringify(value, undefined, indent));
				assert(isSignedBy(secret, body, sign(JSON.stringify(value), secret)));
			}),
			MANY_CASES,
		);
	});

	it('refuses any body in which a byte was changed, left out or put in', () => {
		fc.assert(
			fc.property(
				anyBody,
				anySecret,
				fc.nat(),
				fc.nat(255),
				fc.constantFrom('change', 'leave out', 'put in'),
				(body, secret, at, byte, how) => {
					assert(!isSignedBy(secret, changed(body, at, byte, how), sign(body, secret)));
				},
			),
			MANY_CASES,
		);
	});

	it('refuses any other signature, and any other secret', () => {
		const digits = [...'0123456789abcdef'];
		fc.assert(
			fc.property(
				anyBody,
				anySecret,
				anySecret,
				fc.nat(63),
				fc.constantFrom(...digits),
				(body, secret, otherSecret, at, digit) => {
					const signature = sign(body, secret);
					for (const other of forgeries(signature, at, digit)) assert(!isSignedBy(secret, body, other));
					if (otherSecret !== secret) assert(!isSignedBy(otherSecret, body, signature));
				},
			),
			MANY_CASES,
		);
	});

	it('compares texts as === does', () => {
		const text = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom('a', 'A', ' '), maxLength: 3 }),
		);
		let equal = 0;
		fc.assert(
			fc.property(text, text, (one, other) => {
				if (one === other) equal++;
				assert.equal(equalInConstantTime(one, other), one === other);
				assert(equalInConstantTime(one, `${one}`));
			}),
			MANY_CASES,
		);
		expect(equal).toBeGreaterThan(100);
	});

	it('strips any JSON, however it is indented, to its shortest form', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(0, 2, '\t', ' \t'), (json, indent) => {
				const value: unknown = JSON.parse(json);
				const stripped = withoutWhiteSpace(Buffer.from(JSON.stringify(value, undefined, indent)));
				assert.equal(stripped.toString(), JSON.stringify(value));
			}),
			MANY_CASES,
		);
	});

	it.each(['"', '\\', '"\\', '" ', '[', 'a'])('gets through megabytes of hostile %j', (piece) => {
		const body = Buffer.from(piece.repeat(4_000_000));
		expect(isSignedBy(KEY, body, sign('{}'))).toBe(false);
		expect(isSignedBy(KEY, body, sign(body))).toBe(true);
	});
});
