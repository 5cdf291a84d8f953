import fc from 'fast-check';
import { InvalidInput } from '../../nodes/common/failure';
import { path, queryString } from '../../nodes/common/urlPath';

const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('../x', 'a/b', 'a?b#c', '%2e%2e', '%', '\\..\\', ' ', '🎟', '..;', 'a\u0000b'),
);

describe('A path', () => {
	test('keeps every value within its segment, whatever it holds', () => {
		fc.assert(
			fc.property(anyText, anyText, (one, other) => {
				fc.pre(![one, other].some((id) => ['', '.', '..'].includes(id) || /\p{Surrogate}/u.test(id)));
				const url = new URL(path`/v1/campaigns/${one}/vouchers/${other}`, 'https://api.example.com');
				const segments = url.pathname.split('/');
				expect(segments).toHaveLength(6);
				expect([segments[3], segments[5]].map((segment) => decodeURIComponent(segment ?? ''))).toEqual([
					one,
					other,
				]);
				expect([url.search, url.hash, url.host]).toEqual(['', '', 'api.example.com']);
			}),
		);
	});

	test.each(['', '.', '..', 'half \ud83c', '\udf9f half'])(
		'refuses %j, which no encoding keeps there',
		(id) => {
			expect(() => path`/v1/campaigns/${id}`).toThrow(InvalidInput);
		},
	);

	test('takes numbers', () => {
		expect(path`/v1/${42}/x`).toBe('/v1/42/x');
	});
});

describe('A query', () => {
	test('comes out at the other end as it went in', () => {
		const values = fc.dictionary(
			fc.string({ minLength: 1 }),
			fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined)),
		);
		fc.assert(
			fc.property(values, (query) => {
				const expected = Object.entries(query).flatMap(([key, value]) =>
					value === undefined ? [] : [[key, String(value)]],
				);
				expect([...new URLSearchParams(queryString(query))]).toEqual(expected);
			}),
		);
	});

	test('is nothing where nothing is asked', () => {
		expect(queryString()).toBe('');
		expect(queryString({ page: undefined })).toBe('');
	});

	test('names the field that cannot be encoded', () => {
		expect(() => queryString({ name: 'x\ud83c' })).toThrow('"name" holds half of a character');
	});
});
