import fc from 'fast-check';
import { CODE_CHARSET, CodeSequence } from '../../sandbox/voucherify/code-sequence.mts';

const HIGHEST = 2 ** 40 - 1;

test('any two numbers have different codes, and every code leads back to its number', () => {
	const sequence = new CodeSequence('SUMMER-', 1, 'test');
	fc.assert(
		fc.property(fc.integer({ min: 0, max: HIGHEST }), (index) => {
			const code = sequence.code(index);
			expect(code).toMatch(new RegExp(`^SUMMER-[${CODE_CHARSET}]{8}$`));
			expect(sequence.index(code)).toBe(index);
		}),
	);
});

test('a hundred thousand codes in a row are all different', () => {
	const sequence = new CodeSequence('', 7, 'test');
	const codes = new Set(Array.from({ length: 100_000 }, (_, i) => sequence.code(i)));
	expect(codes.size).toBe(100_000);
});

test('the same seed gives the same codes, another seed or campaign other ones', () => {
	const first = (seed: number, name: string) => new CodeSequence('', seed, name).code(0);
	expect(first(1, 'a')).toBe(first(1, 'a'));
	expect(first(1, 'a')).not.toBe(first(2, 'a'));
	expect(first(1, 'a')).not.toBe(first(1, 'b'));
});

test('what cannot be a code has no number', () => {
	const sequence = new CodeSequence('A-', 1, 'test');
	for (const text of ['', 'A-', 'B-22222222', 'A-2222222', 'A-222222222', 'A-2222222O', 'A-2222222é']) {
		expect(sequence.index(text)).toBeUndefined();
	}
});
