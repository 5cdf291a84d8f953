import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Chaskey } from '../../nodes/Braze/promotionCodes/chaskey';
import { CodeSet } from '../../nodes/Braze/promotionCodes/codeSet';
import { CodeTable } from '../../nodes/Braze/promotionCodes/codeTable';
import { codes } from './promotion-codes.mts';

describe('the set of codes', () => {
	it('tells new codes from known ones as a JavaScript Set does, of any length and letter case', () => {
		const code = fc.string({
			unit: fc.constantFrom('A', 'a', 'B', '0', 'é', '😀'),
			minLength: 1,
			maxLength: 8,
		});
		const long = fc.tuple(code, code, code, code).map((parts) => parts.join('-'));
		fc.assert(
			fc.property(fc.array(fc.oneof(code, long), { size: 'large' }), (texts) => {
				const set = new CodeSet();
				const known = new Set<string>();
				const wrong = texts.filter((text) => {
					const isNew = !known.has(text);
					known.add(text);
					const bytes = Buffer.from(`#${text}#`);
					return (
						set.has(bytes, 1, bytes.length - 1) === isNew ||
						set.add(bytes, 1, bytes.length - 1) !== isNew ||
						!set.has(bytes, 1, bytes.length - 1)
					);
				});
				expect(wrong).toEqual([]);
				expect(set.size).toBe(known.size);
			}),
			{ numRuns: 500 },
		);
	});

	it.each([8, 12, 13, 20])('knows each of 300,000 codes of %i characters after it has grown', (length) => {
		const set = new CodeSet();
		const bytes = codes(300_000, length);
		for (const expected of [true, false]) {
			let as = 0;
			for (let at = 0; at < bytes.length; at += length)
				if (set.has(bytes, at, at + length) !== expected && set.add(bytes, at, at + length) === expected)
					as++;
			expect(as).toBe(300_000);
		}
		expect(set.size).toBe(300_000);
	});

	it('takes at most 20 bytes a code at any number of codes from 100,000 on', () => {
		const set = new CodeSet();
		const bytes = codes(1_500_000, 10);
		let most = 0;
		for (let at = 0; at < bytes.length; at += 10) {
			set.add(bytes, at, at + 10);
			// Adding up the memory takes longer than adding a code, so it is done now and then.
			if (set.size >= 100_000 && set.size % 50 === 0) most = Math.max(most, set.bytes / set.size);
		}
		expect(set.size).toBe(1_500_000);
		expect(most).toBeGreaterThan(12);
		expect(most).toBeLessThanOrEqual(20);
	});
});

describe('the forecast of how many codes there will be', () => {
	it.each([
		['true', 1],
		['twice too high', 2],
		['far too high', 1000],
		['too low', 0.1],
	])('changes nothing in what the set knows when it is %s', (_, factor) => {
		const set = new CodeSet();
		const bytes = codes(200_000, 10);
		for (const expected of [true, false]) {
			let as = 0;
			for (let at = 0; at < bytes.length; at += 10) {
				set.expect(200_000 * factor);
				if (set.add(bytes, at, at + 10) === expected) as++;
			}
			expect(as).toBe(200_000);
		}
	});

	it('leaves the memory below 20 bytes a code when it comes true', () => {
		for (const count of [100_000, 262_144, 500_000, 1_000_000]) {
			const set = new CodeSet();
			const bytes = codes(count, 10);
			for (let at = 0; at < bytes.length; at += 10) {
				set.add(bytes, at, at + 10);
				set.expect(count);
			}
			expect(set.bytes / count).toBeLessThanOrEqual(20);
		}
	});

	it('at worst takes twice the memory when the codes stop coming', () => {
		const set = new CodeSet();
		const bytes = codes(300_000, 10);
		let most = 0;
		for (let at = 0; at < bytes.length; at += 10) {
			set.add(bytes, at, at + 10);
			set.expect(1e9);
			if (set.size >= 100_000 && set.size % 50 === 0) most = Math.max(most, set.bytes / set.size);
		}
		expect(most).toBeLessThanOrEqual(40);
	});
});

describe('the table of keys', () => {
	it('tells new keys from known ones as a JavaScript Set does, with keys that crowd together', () => {
		const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
		const crowded = fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31));
		const key = fc.tuple(fc.oneof(word, crowded), crowded, crowded);
		fc.assert(
			fc.property(fc.array(key, { maxLength: 100 }), (keys) => {
				const table = new CodeTable();
				const known = new Set<string>();
				for (const [a, b, c] of keys) {
					expect(table.add(a, b, c)).toBe(!known.has(`${a} ${b} ${c}`));
					known.add(`${a} ${b} ${c}`);
				}
			}),
		);
	});
});

describe('the growth of a table', () => {
	it.each([0, 0.3, 1, 3])(
		'loses and doubles no random key, with %d of them expected for each that comes',
		(expected) => {
			const count = 40_000;
			const random = randomBytes(count * 12);
			const words = new Int32Array(random.buffer, random.byteOffset, count * 3);
			const table = new CodeTable();
			table.expected = Math.ceil(count * expected);
			for (const isNew of [true, false]) {
				let as = 0;
				for (let at = 0; at < words.length; at += 3) {
					if (table.add(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0) === isNew) as++;
				}
				expect(as).toBe(count);
			}
		},
	);
});

describe('the digest of long codes', () => {
	// The first, some block borders, and the last of the test vectors that the authors of Chaskey publish with it.
	it.each([
		[0, [0x792e8fe5, 0x75ce87aa, 0x2d1450b5, 0x1191970b]],
		[15, [0x51b94da4, 0xefcc4de8, 0x192412ea, 0xbbc170dd]],
		[16, [0x79271ca9, 0xd66a1c71, 0x81ca474e, 0x49831cad]],
		[17, [0x048da968, 0x4e25d096, 0x2d6cf897, 0xbc3959ca]],
		[63, [0x9047fad7, 0x88136d8c, 0xa488286b, 0x7fe9352c]],
	])("is Chaskey's for %i bytes", (length, expected) => {
		const chaskey = new Chaskey([0x833d3433 | 0, 0x009f389f, 0x2398e64f, 0x417acf39]);
		chaskey.digest(
			Uint8Array.from({ length: 64 }, (_, index) => index),
			0,
			length,
		);
		expect([...new Uint32Array(chaskey.words)]).toEqual(expected);
	});
});
