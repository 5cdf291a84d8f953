import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../../common/record';
import { picked } from '../../answer';

/** What matters of a redemption or its rollback: what was redeemed, for whom, and how it ended. */
export function simplifyRedemption(redemption: IDataObject): IDataObject {
	const parts: ReadonlyArray<readonly [string, readonly string[]]> = [
		['customer', ['id', 'source_id', 'name', 'email']],
		['voucher', ['id', 'code', 'type', 'campaign', 'campaign_id', 'discount', 'gift', 'loyalty_card']],
		['promotion_tier', ['id', 'name', 'campaign_id']],
		['reward', ['id', 'name', 'type', 'assignment_id', 'voucher', 'product', 'sku', 'parameters']],
	];
	const simple = parts.flatMap(([name, fields]) => {
		const part = asRecord(redemption[name]);
		return part === undefined ? [] : [[name, withoutNull(picked(part, fields))] as const];
	});
	const order = asRecord(redemption.order);
	return {
		...picked(redemption, [
			'id',
			'object',
			'date',
			'result',
			'status',
			'failure_code',
			'failure_message',
			'reason',
			'redemption',
			'amount',
			'gift',
			'loyalty_card',
			'tracking_id',
			'metadata',
			'related_object_type',
			'related_object_id',
		]),
		...Object.fromEntries(simple),
		...(order ? { order: simplifyOrder(order) } : {}),
	};
}

/** An order without its items. */
export function simplifyOrder(order: IDataObject): IDataObject {
	return withoutNull(
		picked(order, [
			'id',
			'source_id',
			'status',
			'customer_id',
			'amount',
			'discount_amount',
			'total_discount_amount',
			'total_amount',
			'metadata',
			'created_at',
			'updated_at',
		]),
	);
}

/** The objects of an array in an answer. */
export function objectsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function withoutNull(object: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
