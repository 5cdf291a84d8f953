import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import type { IDataObject } from 'n8n-workflow';
import { incentiveOf } from '../../nodes/Braze/track/incentive';
import { readDelivery } from '../../nodes/VoucherifyTrigger/delivery';
import { EVENT_TYPES } from '../../nodes/VoucherifyTrigger/eventTypes';
import { inferredType, UNKNOWN } from '../../nodes/VoucherifyTrigger/rawPayload';
import { simplify } from '../../nodes/VoucherifyTrigger/simplify/simplify';
import { CONTRACTS_FOLDER, describeWithContract } from '../contract/contract.mts';

interface Examples {
	readonly data: Readonly<Record<string, IDataObject>>;
	readonly envelopes: { readonly project: IDataObject[]; readonly distribution: IDataObject[] };
}

const FILE = 'voucherify-event-examples.json';
const file = join(CONTRACTS_FOLDER, FILE);
const examples: Examples = existsSync(file)
	? JSON.parse(readFileSync(file, 'utf8'))
	: { data: {}, envelopes: { project: [], distribution: [] } };

const SCHEMA: object = JSON.parse(readFileSync('nodes/VoucherifyTrigger/__schema__/v1.0.0.json', 'utf8'));

function enveloped(type: string, data: IDataObject): IDataObject {
	return {
		id: 'whs_1',
		project_id: 'proj_1',
		created_at: '2026-06-01T10:00:01.000Z',
		type,
		data,
		source: { id: 'wh_1', object: 'webhook', target_url: 'https://example.com' },
		event: { id: 'ev_1', type, created_at: '2026-06-01T10:00:00.000Z', entity_id: 'e_1', group_id: 'v-1' },
	};
}

function simplified(type: string, data: IDataObject): IDataObject {
	return simplify(readDelivery(enveloped(type, data)));
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object of an example with the key it stands under, however deep. */
function objectsIn(value: unknown, key = ''): Array<readonly [string, IDataObject]> {
	if (Array.isArray(value)) return value.flatMap((entry) => objectsIn(entry, key));
	if (!isObject(value)) return [];
	return [[key, value] as const, ...Object.entries(value).flatMap(([name, inner]) => objectsIn(inner, name))];
}

/** What an example says about a thing, wherever it says it. */
function saidIn(data: IDataObject, keys: readonly string[], field: string): unknown[] {
	const said = objectsIn(data)
		.filter(([key]) => keys.includes(key))
		.map(([, object]) => object[field]);
	return [...new Set(said.filter((value) => value !== undefined && value !== null))];
}

/** The schema shows the editor what a field holds when it holds something. */
function withoutNulls(json: IDataObject): unknown {
	return JSON.parse(JSON.stringify(json), (_key, value: unknown) => (value === null ? undefined : value));
}

function at(json: IDataObject, key: string, field: string): unknown {
	const object = json[key];
	return isObject(object) ? (object[field] ?? undefined) : undefined;
}

describeWithContract(FILE, 'simplified form of the official examples', () => {
	const validate = new Ajv2020({ strict: false }).compile(SCHEMA);

	describe.each(Object.entries(examples.data))('%s', (type, data) => {
		const json = simplified(type, data);

		it('names the event and when it happened', () => {
			expect(json).toMatchObject({
				event: type,
				event_id: 'whs_1',
				created_at: '2026-06-01T10:00:00.000Z',
				delivered_at: '2026-06-01T10:00:01.000Z',
				source: { type: 'webhook', id: 'wh_1' },
			});
		});

		it('finds the customer wherever the payload has one', () => {
			const ids = saidIn(data, ['customer', 'holder'], 'source_id');
			const found = at(json, 'customer', 'source_id');
			if (ids.length > 0) expect(ids).toContain(found);
			else expect(found).toBeUndefined();
			const own = at(data, 'customer', 'source_id');
			if (own !== undefined) expect(found).toBe(own);
		});

		it('finds the code and the voucher', () => {
			const codes = saidIn(data, ['voucher', 'vouchers'], 'code');
			expect(codes.length).toBeLessThan(2);
			expect(json.code).toBe(codes[0] ?? null);
			expect(at(json, 'voucher', 'code')).toBe(codes[0]);
			expect(at(json, 'voucher', 'assets') !== undefined).toBe(
				saidIn(data, ['voucher'], 'assets').length > 0,
			);
		});

		it('finds the campaign', () => {
			const ids = [
				...saidIn(data, ['campaign'], 'id'),
				...objectsIn(data).map(([, object]) => object.campaign_id),
			];
			const [id] = ids.filter((value) => typeof value === 'string');
			expect(at(json, 'campaign', 'id')).toBe(id);
			const names = [...saidIn(data, ['campaign'], 'name'), ...saidIn(data, ['voucher'], 'campaign')];
			expect(at(json, 'campaign', 'name')).toBe(names.find((name) => typeof name === 'string'));
		});

		it('keeps every other object of the payload', () => {
			const others = Object.entries(data).filter(
				([key, value]) => isObject(value) && !['event', 'user'].includes(key),
			);
			for (const [key] of others) expect(json).toHaveProperty(key);
		});

		it('gives the Braze node all that the whole event gives it', () => {
			const fromWhole = Object.entries(incentiveOf(enveloped(type, data)) ?? {}).filter(
				([, value]) => value !== undefined,
			);
			expect({ ...incentiveOf(json) }).toMatchObject(Object.fromEntries(fromWhole));
		});

		it('fits the output schema of the editor', () => {
			validate(withoutNulls(json));
			expect(validate.errors).toBeNull();
		});

		it('is smaller than the event, and plain JSON', () => {
			expect(JSON.parse(JSON.stringify(json))).toEqual(json);
			expect(Object.values(json)).not.toContain(undefined);
		});

		it('has a raw payload that is taken for what it is, or for unknown', () => {
			// Only distributions send raw payloads, and call their events by other names than project webhooks.
			const distributed = type.startsWith('customer.')
				? type
				: `customer.${type}`.replace('voucher.published', 'publication.succeeded');
			expect([distributed, UNKNOWN]).toContain(inferredType(data));
		});
	});

	it('reads every official envelope', () => {
		const [project] = examples.envelopes.project;
		const [template, distribution] = examples.envelopes.distribution;
		expect(project && simplify(readDelivery(project))).toMatchObject({
			event: 'voucher.published',
			customer: { source_id: '4lx-d03' },
			code: 'kUs7oM-cOD3',
			campaign: { name: 'Autumn-2025' },
			publication: { source_id: 'manual-publication-2020-02-02-v01' },
			source: { type: 'webhook', channel: 'USER_PORTAL' },
		});
		expect(template && simplify(readDelivery(template))).toMatchObject({
			event: 'customer.publication.succeeded',
			customer: null,
			code: null,
			data: { To: 'john.smith@example.com' },
		});
		expect(distribution && simplify(readDelivery(distribution))).toMatchObject({
			event: 'customer.redemption.succeeded',
			source: { type: 'distribution', name: 'Voucher-redeemed' },
			redemption: { id: 'r_ID' },
			amounts: { order: 41.98, order_cents: 4198 },
		});
	});

	it.each([
		[
			'customer.redemption.succeeded',
			{ order: 103.49, order_cents: 10349, order_discount: 11.5, order_discount_cents: 1150 },
		],
		['customer.order.paid', { order: 100, order_cents: 10000 }],
		[
			'voucher.gift.balance_added',
			{ gift_change: 12, gift_change_cents: 1200, gift_balance: 115, gift_balance_cents: 11500 },
		],
		['customer.segment.entered', undefined],
	])('tells the money of %s in units and in hundredths', (type, amounts) => {
		expect(simplified(type, examples.data[type] ?? {}).amounts).toEqual(amounts);
	});

	it.each([
		['customer.voucher.loyalty_card.points_added', { change: 40, balance: 2641 }],
		['customer.voucher.loyalty_card.points_expired', { change: -70, balance: 262, expired: 70 }],
		[
			'customer.voucher.loyalty_card.pending_points.updated',
			{ balance: 5156, pending: 41, pending_change: 10 },
		],
		['customer.rewarded', { balance: 850, redeemed: 50 }],
		['customer.order.paid', undefined],
	])('tells the points of %s', (type, points) => {
		expect(simplified(type, examples.data[type] ?? {}).points).toEqual(points);
	});
});

describe('simplified form', () => {
	const customer = { id: 'cust_1', source_id: 'jane-1', object: 'customer' };

	it.each(EVENT_TYPES.map(({ type }) => type))(
		'comes through for %s without a documented payload',
		(type) => {
			const json = simplified(type, {
				customer,
				campaign: { id: 'camp_1', name: 'Summer' },
				something_new: { id: 'new_1', count: 2 },
			});
			expect(json).toMatchObject({
				event: type,
				customer: { source_id: 'jane-1' },
				campaign: { name: 'Summer' },
				something_new: { id: 'new_1', count: 2 },
			});
		},
	);

	it('lists all codes when several were published at once', () => {
		const vouchers = [
			{ code: 'A', id: 'v_1' },
			{ code: 'B', id: 'v_2' },
		];
		expect(simplified('publication.succeeded', { customer, vouchers })).toMatchObject({
			code: 'A',
			codes: ['A', 'B'],
			voucher: { id: 'v_1' },
		});
		expect(simplified('publication.succeeded', { customer, vouchers: ['A', 'B'] })).toMatchObject({
			code: 'A',
			codes: ['A', 'B'],
		});
	});

	it('names the holder when an event about a voucher names nobody else', () => {
		const voucher = { id: 'v_1', code: 'A', holder_id: 'cust_9' };
		expect(simplified('voucher.updated', { voucher }).customer).toEqual({ id: 'cust_9', source_id: null });
	});

	it('does not mix two customers or two vouchers', () => {
		const data = {
			customer: { id: 'cust_1', source_id: null, object: 'customer' },
			holder: { id: 'cust_2', source_id: 'other', object: 'customer' },
			voucher: { id: 'v_1', code: 'A' },
			redemption: {
				id: 'r_1',
				voucher: { id: 'v_2', code: 'B', assets: { qr: { url: 'https://example.com/b' } } },
			},
		};
		const json = simplified('redemption.succeeded', data);
		expect(json.customer).toMatchObject({ id: 'cust_1', source_id: null });
		expect(json.voucher).toEqual({ id: 'v_1', code: 'A' });
	});

	it('tells gift credits from loyalty points in the amount of a redemption', () => {
		const redemption = { id: 'r_1', amount: 500 };
		const gift = { type: 'GIFT_VOUCHER', gift: { amount: 1000, balance: 500 } };
		expect(simplified('redemption.succeeded', { voucher: gift, redemption })).toMatchObject({
			amounts: { redeemed: 5, redeemed_cents: 500, gift_balance: 5, gift_balance_cents: 500 },
		});
		const card = { type: 'LOYALTY_CARD', loyalty_card: { points: 900, balance: 400 } };
		const json = simplified('redemption.succeeded', { voucher: card, redemption });
		expect(json.points).toEqual({ balance: 400, redeemed: 500 });
		expect(json.amounts).toBeUndefined();
	});

	it('gives a reward that is a voucher beside the card it was paid with', () => {
		const data = {
			customer,
			voucher: { id: 'v_card', code: 'CARD' },
			reward: { id: 'rew_1', name: 'Coupon', voucher: { id: 'v_new', code: 'NEW', publish: { count: 1 } } },
		};
		expect(simplified('customer.rewarded', data)).toMatchObject({
			code: 'CARD',
			reward: { voucher: { id: 'v_new', code: 'NEW' } },
		});
	});

	it('lets nothing in the data take the place of what it says itself', () => {
		const data = {
			customer,
			event: { id: 'evcus_1', type: 'customer.order.paid' },
			source: { id: 's_1', type: 'x' },
			amounts: 7,
			points: 8,
			voucher: 'A',
		};
		expect(simplified('customer.rewarded.loyalty_points', data)).toMatchObject({
			event: 'customer.rewarded.loyalty_points',
			source: { type: 'webhook' },
			caused_by: { type: 'customer.order.paid' },
			reward_source: { id: 's_1' },
			data_amounts: 7,
			data_points: 8,
			voucher: null,
			data_voucher: 'A',
		});
	});

	it('takes names like __proto__ for data', () => {
		const data: IDataObject = JSON.parse(
			'{"customer":{"id":"c","__proto__":{"source_id":"evil"}},"__proto__":{"id":"x"}}',
		);
		const json = simplified('customer.updated', data);
		expect(json.customer).toEqual({ id: 'c', source_id: null });
		expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
	});
});
