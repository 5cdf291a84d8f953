import type { IDataObject } from 'n8n-workflow';
import { incentiveOf } from '../../nodes/Braze/track/incentive';
import { describeWithContract, readJson } from '../contract/contract.mts';

const coupon = {
	object: 'voucher',
	code: 'SUMMER-1',
	campaign: 'Summer',
	type: 'DISCOUNT_VOUCHER',
	discount: { type: 'PERCENT', percent_off: 20 },
	expiration_date: '2026-12-31T00:00:00.000Z',
	assets: { qr: { url: 'https://x/qr' }, barcode: { url: 'https://x/bar' } },
};

describe('What a customer was given is found', () => {
	test('in a publication', () => {
		expect(
			incentiveOf({ object: 'publication', created_at: '2026-06-01T08:00:00.000Z', voucher: coupon }),
		).toEqual({
			code: 'SUMMER-1',
			value: '20%',
			expiry: '2026-12-31T00:00:00.000Z',
			qrUrl: 'https://x/qr',
			barcodeUrl: 'https://x/bar',
			balance: undefined,
			points: undefined,
			campaign: 'Summer',
			deliveredAt: '2026-06-01T08:00:00.000Z',
		});
	});

	test('in a bare voucher, whose delivery is unknown', () => {
		expect(incentiveOf(coupon)).toMatchObject({ code: 'SUMMER-1', deliveredAt: undefined });
	});

	test('in a webhook with its envelope, and in its data alone', () => {
		const data = {
			publication: { id: 'pub_1', created_at: '2026-06-01T08:00:00.000Z' },
			voucher: coupon,
			campaign: { name: 'Summer 2026' },
		};
		const expected = { code: 'SUMMER-1', campaign: 'Summer 2026', deliveredAt: '2026-06-01T08:00:00.000Z' };
		expect(incentiveOf({ type: 'voucher.published', data })).toMatchObject(expected);
		expect(incentiveOf(data)).toMatchObject(expected);
	});

	test('in a publication whose vouchers come as objects, with the images that only one of its places has', () => {
		const bare = { object: 'voucher', code: 'A', campaign: 'Summer' };
		expect(incentiveOf({ data: { publication: { vouchers: [bare] } } })).toMatchObject({
			code: 'A',
			campaign: 'Summer',
		});
		expect(incentiveOf({ data: { voucher: bare, publication: { voucher: coupon } } })).toMatchObject({
			code: 'A',
			qrUrl: 'https://x/qr',
		});
	});

	test('in a publication of several codes: the first one, without details', () => {
		expect(
			incentiveOf({ object: 'publication', vouchers: ['A', 'B'], vouchers_id: ['v_1', 'v_2'] }),
		).toMatchObject({ code: 'A' });
	});

	test('nowhere when there is none', () => {
		expect(incentiveOf({ external_id: 'a', tier: 'gold' })).toBeUndefined();
	});
});

describe('What it is worth reads as text', () => {
	const value = (voucher: IDataObject) => incentiveOf({ voucher: { code: 'A', ...voucher } })?.value;

	test.each([
		['20%', { discount: { type: 'PERCENT', percent_off: 20 } }],
		['12.5%', { discount: { type: 'PERCENT', percent_off: 12.5 } }],
		['10.00', { discount: { type: 'AMOUNT', amount_off: 1000 } }],
		['19.99', { discount: { type: 'FIXED', fixed_amount: 1999 } }],
		['1 unit', { discount: { type: 'UNIT', unit_off: 1 } }],
		['2 Mug', { discount: { type: 'UNIT', unit_off: 2, product: { name: 'Mug' } } }],
		['50.00', { gift: { amount: 5000, balance: 1250 } }],
		['120', { loyalty_card: { points: 200, balance: 120 } }],
		[undefined, { discount: null, gift: null, loyalty_card: null }],
		['7%', { discount: { type: 'PERCENT', percent_off: 7 }, gift: null, loyalty_card: null }],
	])('%s', (expected, voucher) => {
		expect(value(voucher)).toBe(expected);
	});

	test('a gift card has a balance in units of the currency, a loyalty card has points', () => {
		expect(incentiveOf({ voucher: { code: 'G', gift: { amount: 5000, balance: 1250 } } })?.balance).toBe(
			12.5,
		);
		expect(incentiveOf({ voucher: { code: 'L', loyalty_card: { points: 200, balance: 0 } } })?.points).toBe(
			0,
		);
	});

	test('a promotion tier has no code, but a value, a campaign and an expiry', () => {
		const tier = {
			object: 'promotion_tier',
			name: 'Tier',
			action: { discount: { type: 'PERCENT', percent_off: 5 } },
			campaign: { name: 'Flash' },
			expiration_date: null,
		};
		const expected = { code: undefined, value: '5%', campaign: 'Flash', expiry: null };
		expect(incentiveOf(tier)).toMatchObject(expected);
		expect(incentiveOf({ data: { promotion_tier: tier } })).toMatchObject(expected);
	});
});

const EXAMPLES = 'voucherify-event-examples.json';

describeWithContract(EXAMPLES, "Voucherify's own examples", () => {
	const { data } = readJson(EXAMPLES) as { data: Record<string, IDataObject> };
	const withVoucher = Object.entries(data).filter(
		([, example]) => typeof example.voucher === 'object' && example.voucher !== null,
	);

	test.each(withVoucher)('%s: the code and the campaign are found', (_type, example) => {
		const voucher = example.voucher as IDataObject;
		const campaign = (example.campaign as IDataObject | undefined)?.name ?? voucher.campaign;
		expect(incentiveOf({ data: example })).toMatchObject({
			code: voucher.code,
			...(campaign ? { campaign } : {}),
		});
	});
});
