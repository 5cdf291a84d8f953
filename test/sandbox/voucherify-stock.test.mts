import fc from 'fast-check';
import { PatternCodes, readCodeConfig } from '../../sandbox/voucherify/code-pattern.mts';
import { VoucherStock } from '../../sandbox/voucherify/voucher-stock.mts';
import type { VoucherTraits } from '../../sandbox/voucherify/voucher-traits.mts';

const TRAITS: VoucherTraits = {
	incentive: { kind: 'gift', amount: 100 },
	createdAt: 0,
	active: true,
	startsAt: undefined,
	expiresAt: undefined,
	metadata: {},
	additionalInfo: null,
	category: null,
	categoryId: null,
	redemptionQuantity: null,
	isReferral: false,
	validity: {},
};

function stock(generated: number): VoucherStock {
	const codes = new PatternCodes(readCodeConfig({ length: 6 }), 'test');
	const owner = { campaign: undefined, traits: TRAITS, idStem: 'stem', isGeneric: false };
	const made = new VoucherStock(owner, codes);
	made.generate(generated);
	return made;
}

const patterns = fc
	.record({
		charset: fc.constantFrom('01', 'ABC', '0123456789', ''),
		pattern: fc
			.array(fc.constantFrom('#', '#', '#', '-', 'A'), { minLength: 1, maxLength: 14 })
			.map((parts) => parts.join('') + '#'),
	})
	.map(readCodeConfig);

test('the codes of any pattern follow it, never repeat, and lead back to their number', () => {
	fc.assert(
		fc.property(patterns, fc.nat(), (config, offset) => {
			const codes = new PatternCodes(config, 'test');
			const count = Math.min(codes.capacity, 200);
			const first = offset % (codes.capacity - count + 1);
			const made = Array.from({ length: count }, (_, i) => codes.code(first + i));
			expect(new Set(made).size).toBe(count);
			for (const [i, code] of made.entries()) {
				expect(codes.index(code)).toBe(first + i);
				expect(code).toHaveLength(config.pattern.length);
			}
			expect(codes.index(`${made[0]}x`)).toBeUndefined();
		}),
	);
});

test('whatever is added and removed, places lead to the codes that are left, each once', () => {
	const steps = fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'generate'), fc.nat()), { maxLength: 60 });
	fc.assert(
		fc.property(steps, (list) => {
			const codes = stock(10);
			const left = new Set(Array.from({ length: 10 }, (_, place) => codes.at(place).code));
			for (const [number, [step, choice]] of list.entries()) {
				if (step === 'add') {
					left.add(codes.add(`GIVEN ${number}`, {}).code);
				} else if (step === 'generate') {
					const made = codes.generateOne({});
					if (made !== undefined) left.add(made.code);
				} else if (codes.count > 0) {
					const gone = codes.at(choice % codes.count);
					codes.remove(gone);
					left.delete(gone.code);
					expect(codes.find(gone.code)).toBeUndefined();
				}
			}
			const found = Array.from({ length: codes.count }, (_, place) => codes.at(place));
			expect(new Set(found.map(({ code }) => code))).toEqual(left);
			expect(found).toHaveLength(left.size);
			for (const { code, id } of found) {
				expect([codes.find(code)?.id, codes.withId(id)?.code]).toEqual([id, code]);
			}
		}),
	);
});

test('every code of a stock is handed out once, and none that was removed', () => {
	const codes = stock(20);
	codes.add('GIVEN', {});
	const gone = codes.at(3).code;
	codes.remove(codes.at(3));
	const handed: string[] = [];
	for (let next = codes.free(1, false); next !== undefined; next = codes.free(1, false)) {
		const [voucher] = next;
		if (voucher === undefined) break;
		handed.push(voucher.code);
		codes.hold(voucher, `cust_${handed.length}`, 1);
	}
	expect([handed.length, new Set(handed).size, handed.includes(gone)]).toEqual([20, 20, false]);
	expect(codes.free(1, true)).toHaveLength(1);
});
