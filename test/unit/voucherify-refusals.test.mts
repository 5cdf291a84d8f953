import { refused, refusalsOf } from '../../nodes/Voucherify/resources/redemption/refusal';

const error = { code: 400, key: 'quantity_exceeded', message: 'quantity exceeded', details: 'SUMMER' };
const success = { id: 'r_1', object: 'redemption', result: 'SUCCESS' };
const summer = { id: 'SUMMER', object: 'voucher', reason: 'quantity_exceeded' };

test('a success has no refusals, whatever lists it carries', () => {
	const answer = { redemptions: [success], inapplicable_redeemables: [], skipped_redeemables: [] };
	expect(refusalsOf(answer)).toEqual([]);
	expect(
		refusalsOf({
			valid: true,
			redeemables: [{ status: 'APPLICABLE', id: 'A', object: 'voucher', result: {} }],
		}),
	).toEqual([]);
});

test.each([
	[
		'a redemption that failed',
		{
			redemptions: [
				success,
				{
					id: 'r_2',
					object: 'redemption',
					result: 'FAILURE',
					failure_code: 'quantity_exceeded',
					failure_message: 'No',
					voucher: { code: 'SUMMER' },
				},
			],
		},
	],
	[
		'an inapplicable redeemable',
		{
			redemptions: [success],
			inapplicable_redeemables: [
				{ status: 'INAPPLICABLE', id: 'SUMMER', object: 'voucher', result: { error } },
			],
		},
	],
	[
		'a skipped redeemable',
		{
			valid: true,
			redeemables: [],
			skipped_redeemables: [
				{
					status: 'SKIPPED',
					id: 'SUMMER',
					object: 'voucher',
					result: { details: { key: 'quantity_exceeded', message: 'No' } },
				},
			],
		},
	],
	[
		'a redeemable that is not valid',
		{
			valid: false,
			redeemables: [{ status: 'INAPPLICABLE', id: 'SUMMER', object: 'voucher', result: { error } }],
		},
	],
	[
		'a single redemption that failed',
		{
			id: 'r_3',
			object: 'redemption',
			result: 'FAILURE',
			failure_code: 'quantity_exceeded',
			voucher: { code: 'SUMMER' },
		},
	],
])('%s is a refusal with its reason', (_what, answer) => {
	expect(refusalsOf(answer)).toMatchObject([summer]);
});

test('what an answer names twice is one refusal', () => {
	const row = { status: 'INAPPLICABLE', id: 'SUMMER', object: 'voucher', result: { error } };
	expect(refusalsOf({ valid: false, redeemables: [row], inapplicable_redeemables: [row] })).toMatchObject([
		summer,
	]);
});

test('the failure names the reasons and what was redeemed all the same', () => {
	const { details } = refused(
		'the redemption',
		refusalsOf({ inapplicable_redeemables: [{ id: 'SUMMER', object: 'voucher', result: { error } }] }),
		['GIFT (r_1)'],
	);
	expect(details.message).toBe('Voucherify refused the redemption: SUMMER: quantity exceeded: SUMMER');
	expect(details.description).toContain('GIFT (r_1) was redeemed all the same.');
	expect(details.code).toBe('quantity_exceeded');
});

test('a refusal without any reason says so', () => {
	expect(refused('the validation', refusalsOf({ valid: false })).details.message).toBe(
		'Voucherify refused the validation: it gave no reason',
	);
});
