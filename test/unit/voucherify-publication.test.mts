import type { IDataObject } from 'n8n-workflow';
import { checkKeyBelongs, type Publication } from '../../nodes/Voucherify/resources/publication/publish';
import { simplifyPublication } from '../../nodes/Voucherify/resources/publication/simplifyPublication';

const campaign = { id: 'camp_1', name: 'Summer', joinsOnce: false, runsOut: false, hasCodes: true };

const raw: IDataObject = {
	id: 'pub_1',
	object: 'publication',
	created_at: '2026-11-23T12:00:00.000Z',
	customer_id: 'cust_1',
	tracking_id: 'track_1',
	metadata: {},
	channel: 'API',
	source_id: null,
	result: 'SUCCESS',
	customer: { id: 'cust_1', source_id: 'a-1', name: 'Ada', email: null, summary: { orders: {} } },
	vouchers_id: ['v_1'],
	voucher: {
		id: 'v_1',
		code: 'SUMMER-1',
		campaign: 'Summer',
		campaign_id: 'camp_1',
		type: 'GIFT_VOUCHER',
		discount: null,
		gift: { amount: 2500, balance: 2500 },
		loyalty_card: null,
		expiration_date: null,
		active: true,
		assets: { qr: { id: 'qr', url: 'https://x/qr' }, barcode: { id: 'b', url: 'https://x/bar' } },
		publish: { count: 1 },
	},
};

const withoutVoucher = Object.fromEntries(Object.entries(raw).filter(([name]) => name !== 'voucher'));

describe('A simplified publication', () => {
	test('has who, what, how much and the pictures, at the places of the raw answer', () => {
		expect(simplifyPublication(raw, campaign)).toEqual({
			id: 'pub_1',
			created_at: '2026-11-23T12:00:00.000Z',
			source_id: null,
			channel: 'API',
			result: 'SUCCESS',
			metadata: {},
			campaign: { id: 'camp_1', name: 'Summer' },
			customer: { id: 'cust_1', source_id: 'a-1', name: 'Ada', email: null },
			voucher: {
				id: 'v_1',
				code: 'SUMMER-1',
				type: 'GIFT_VOUCHER',
				gift: { amount: 2500, balance: 2500 },
				expiration_date: null,
				active: true,
				assets: { qr: { url: 'https://x/qr' }, barcode: { url: 'https://x/bar' } },
			},
			code: 'SUMMER-1',
		});
	});

	test('of several codes names them all', () => {
		const simple = simplifyPublication({ ...withoutVoucher, vouchers: ['A', 'B'] }, campaign);
		expect(simple).toMatchObject({ code: 'A', codes: ['A', 'B'] });
		expect(simple).not.toHaveProperty('voucher');
	});

	test('that failed says why', () => {
		const failed = { ...withoutVoucher, result: 'FAILURE', failure_message: 'No voucher', vouchers: [] };
		expect(simplifyPublication(failed)).toMatchObject({
			result: 'FAILURE',
			failure_message: 'No voucher',
			code: null,
		});
	});
});

describe('A key of the user’s own', () => {
	const publication: Publication = {
		campaign,
		customer: { sourceId: 'a-1' },
		sourceId: 'spring',
		count: 1,
		channel: '',
		metadata: {},
		whole: false,
	};

	test('that stands for this customer and campaign passes', () => {
		expect(() => checkKeyBelongs(raw, publication)).not.toThrow();
		expect(() => checkKeyBelongs(raw, { ...publication, customer: { id: 'cust_1' } })).not.toThrow();
	});

	test('that stands for somebody or something else fails', () => {
		expect(() => checkKeyBelongs(raw, { ...publication, customer: { sourceId: 'b-2' } })).toThrow(
			'customer "a-1"',
		);
		expect(() => checkKeyBelongs(raw, { ...publication, customer: { id: 'cust_2' } })).toThrow(
			'customer "cust_1"',
		);
		const elsewhere = { ...publication, campaign: { ...campaign, id: 'camp_2' } };
		expect(() => checkKeyBelongs(raw, elsewhere)).toThrow('campaign "Summer"');
	});
});
