import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isSignedBy, withoutWhiteSpace } from '../../nodes/VoucherifyTrigger/signature';

const KEY = 'secretKey';

function verifies(body: string, signature: unknown, secret = KEY): boolean {
	return isSignedBy(secret, Buffer.from(body), signature);
}

function sign(body: string | Buffer): string {
	return createHmac('sha256', KEY).update(body).digest('hex');
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

	it('strips any JSON, however it is indented, to its shortest form', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(0, 2, '\t', ' \t'), (json, indent) => {
				const value: unknown = JSON.parse(json);
				const stripped = withoutWhiteSpace(Buffer.from(JSON.stringify(value, undefined, indent)));
				expect(stripped.toString()).toBe(JSON.stringify(value));
			}),
		);
	});

	it.each(['"', '\\', '"\\', '" ', '[', 'a'])('gets through megabytes of hostile %j', (piece) => {
		const body = Buffer.from(piece.repeat(4_000_000));
		expect(isSignedBy(KEY, body, sign('{}'))).toBe(false);
		expect(isSignedBy(KEY, body, sign(body))).toBe(true);
	});
});
