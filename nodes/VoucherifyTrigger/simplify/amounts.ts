import type { IDataObject } from 'n8n-workflow';
import { asRecord } from '../../common/record';

/** Where money is: Voucherify counts it in hundredths of the currency's unit. */
const MONEY: ReadonlyArray<readonly [name: string, value: (of: Objects) => unknown]> = [
	['order', ({ order }) => order?.total_amount ?? order?.amount],
	['order_discount', ({ order }) => order?.total_applied_discount_amount ?? order?.total_discount_amount],
	['gift_change', ({ giftChange }) => giftChange?.amount],
	['gift_balance', ({ voucher, giftChange }) => asRecord(voucher.gift)?.balance ?? giftChange?.balance],
	['redeemed', ({ voucher, redeemed }) => (isLoyaltyCard(voucher) ? undefined : redeemed)],
];

/** Where loyalty points are: plain numbers. */
const POINTS: ReadonlyArray<readonly [name: string, value: (of: Objects) => unknown]> = [
	['change', ({ pointsChange }) => pointsChange?.points],
	[
		'balance',
		({ voucher, pointsChange }) => asRecord(voucher.loyalty_card)?.balance ?? pointsChange?.balance,
	],
	['expired', ({ expired }) => expired],
	[
		'pending',
		({ voucher, pendingChange }) => asRecord(voucher.loyalty_card)?.pending_points ?? pendingChange?.total,
	],
	['pending_change', ({ pendingChange }) => pendingChange?.points],
	['redeemed', ({ voucher, redeemed }) => (isLoyaltyCard(voucher) ? redeemed : undefined)],
];

/** The objects of an event that hold amounts. */
interface Objects {
	readonly voucher: IDataObject;
	readonly order: IDataObject | undefined;
	readonly giftChange: IDataObject | undefined;
	readonly pointsChange: IDataObject | undefined;
	readonly pendingChange: IDataObject | undefined;
	/** What a redemption took from a card; a rollback has it with a minus. */
	readonly redeemed: unknown;
	readonly expired: number | undefined;
}

/**
 * The money in an event, each amount twice: `order` in units of the currency, and `order_cents` as the API has it, multiplied by 100.
 * @returns `undefined` when there is none
 */
export function amountsOf(data: IDataObject, voucher: IDataObject): IDataObject | undefined {
	const found = numbers(MONEY, objectsOf(data, voucher));
	return found.length === 0
		? undefined
		: Object.fromEntries(
				found.flatMap(([name, cents]) => [[name, cents / 100] as const, [`${name}_cents`, cents] as const]),
			);
}

/** The loyalty points in an event, or `undefined` when there are none. */
export function pointsOf(data: IDataObject, voucher: IDataObject): IDataObject | undefined {
	const found = numbers(POINTS, objectsOf(data, voucher));
	return found.length === 0 ? undefined : Object.fromEntries(found);
}

function objectsOf(data: IDataObject, voucher: IDataObject): Objects {
	const redemption = asRecord(data.redemption_rollback) ?? asRecord(data.redemption);
	const change = asRecord(data.balance) ?? asRecord(asRecord(asRecord(data.transaction)?.details)?.balance);
	const isOf = (type: string) => (change?.type === type ? change : undefined);
	return {
		voucher,
		order: asRecord(data.order) ?? asRecord(redemption?.order),
		giftChange: isOf('gift_voucher'),
		pointsChange: isOf('loyalty_card'),
		pendingChange: asRecord(data.voucher_pending_points_balance),
		redeemed: redemption?.amount,
		expired: pointsExpired(data),
	};
}

/** How many points expired in an event: a single number beside the buckets they were in. */
export function pointsExpired({ points, buckets }: IDataObject): number | undefined {
	return Array.isArray(buckets) && typeof points === 'number' ? points : undefined;
}

function isLoyaltyCard(voucher: IDataObject): boolean {
	return voucher.type === 'LOYALTY_CARD' || asRecord(voucher.loyalty_card) !== undefined;
}

function numbers(table: typeof MONEY, objects: Objects): ReadonlyArray<readonly [string, number]> {
	return table.flatMap(([name, value]) => {
		const number = value(objects);
		return typeof number === 'number' && Number.isFinite(number) ? [[name, number] as const] : [];
	});
}
