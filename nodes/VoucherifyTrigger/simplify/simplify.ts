import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';
import type { Delivery } from '../delivery';
import { amountsOf, pointsExpired, pointsOf } from './amounts';
import { campaignOf } from './campaign';
import { customerOf } from './customer';
import { defined, flat } from './pick';
import { shortVoucher, vouchersOf } from './voucher';

/** What an event's data has under other names in the simplified form, because these say more. */
const RENAMED: ReadonlyMap<string, string> = new Map([
	['event', 'caused_by'],
	['source', 'reward_source'],
]);

/** Names of the simplified form that nothing else may take. */
const TAKEN = new Set([
	'event',
	'event_id',
	'created_at',
	'delivered_at',
	'source',
	'customer',
	'code',
	'codes',
	'voucher',
	'campaign',
	'amounts',
	'points',
]);

/** Objects and lists that have a place of their own in the simplified form. */
const PLACED = new Set(['customer', 'voucher', 'vouchers', 'campaign', 'user']);

/** Single values that are said elsewhere. */
const SAID = new Set(['campaign', 'code', 'created_at', 'object']);

/** Objects within objects that flows need. */
const ALSO: ReadonlyMap<string, readonly string[]> = new Map([
	['loyalty_tier', ['points']],
	['loyalty_tier_from', ['points']],
	['loyalty_tier_to', ['points']],
	['promotion_tier', ['action']],
	['reward', ['product']],
]);

/** One of these shows that a payload is made of Voucherify's objects, and not by a user. */
const OBJECTS = [
	'customer',
	'voucher',
	'vouchers',
	'campaign',
	'rule',
	'distribution',
	'segment',
	'order',
	'redemption',
	'publication',
];

/**
 * An event in the form that flows are built on: who, which code, which campaign, how much, and the IDs, at the same places for every
 * type of event; objects keep the paths that they have in the API's answers. A payload of a user's own making is passed on as `data`.
 */
export function simplify(delivery: Delivery): IDataObject {
	const { data } = delivery;
	const vouchers = vouchersOf(data);
	const voucher = vouchers[0] && shortVoucher(vouchers[0]);
	const facts = {
		event: delivery.type,
		event_id: delivery.id ?? null,
		created_at: delivery.happenedAt ?? null,
		delivered_at: delivery.sentAt ?? null,
		source: defined({
			type: delivery.sender,
			id: delivery.senderId,
			name: delivery.senderName,
			channel: delivery.channel,
		}),
	};
	if (!OBJECTS.some((name) => name in data))
		return { ...facts, customer: null, code: null, voucher: null, campaign: null, data };
	return defined({
		...facts,
		customer: customerOf(data) ?? null,
		code: voucher?.code ?? (typeof data.code === 'string' ? data.code : null),
		codes: vouchers.length > 1 ? vouchers.map(({ code }) => String(code)) : undefined,
		voucher: voucher ?? null,
		campaign: campaignOf(data) ?? null,
		amounts: amountsOf(data, voucher ?? {}),
		points: pointsOf(data, voucher ?? {}),
		...others(data),
	});
}

/** Everything else in the data, whatever it is: objects without what is nested in them, and single values. */
function others(data: IDataObject): IDataObject {
	const entries = Object.entries(data).flatMap(
		([key, value]): Array<readonly [string, IDataObject[string]]> => {
			if (isRecord(value)) return PLACED.has(key) ? [] : [[nameOf(key, value), shortened(key, value)]];
			return typeof value === 'object' || SAID.has(key) || isExpiry(key, data) ? [] : [[nameOf(key), value]];
		},
	);
	return Object.fromEntries(entries);
}

function isExpiry(key: string, data: IDataObject): boolean {
	return key === 'points' && pointsExpired(data) !== undefined;
}

function nameOf(key: string, value?: IDataObject): string {
	if (key === 'event' && value?.object === 'event') return 'custom_event';
	return RENAMED.get(key) ?? (TAKEN.has(key) ? `data_${key}` : key);
}

/** A reward can be a voucher itself, other than the one it was paid with. */
function shortened(key: string, record: IDataObject): IDataObject {
	const given = key === 'reward' ? asRecord(record.voucher) : undefined;
	return { ...flat(record, ALSO.get(key)), ...(given && { voucher: shortVoucher(given) }) };
}
