import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../../common/record';
import { pick, united } from './pick';

const FIELDS = ['id', 'source_id', 'name', 'email', 'phone', 'birthdate', 'metadata'] as const;

/** Objects that say whose they are, the most telling first. */
const OWNED = ['redemption_rollback', 'redemption', 'publication', 'order', 'event', 'referral'] as const;

/**
 * The customer that an event is about, with `id` and `source_id` always there, `null` where the event doesn't tell. Events about a
 * voucher alone name its holder.
 */
export function customerOf(data: IDataObject): IDataObject | undefined {
	const owned = OWNED.map((name) => asRecord(data[name])).filter(isRecord);
	const holder = asRecord(data.holder);
	const customer = united([
		data.customer,
		data.object === 'customer' ? data : undefined,
		...owned.map((part) => part.customer),
		holder?.object === 'customer' ? holder : undefined,
		...owned.map(({ customer_id }) => ({ id: customer_id })),
		{ id: holder?.customer_id },
		{ id: asRecord(data.pending_points)?.customer_id },
		{ id: asRecord(data.voucher)?.holder_id },
	]);
	return customer && { id: null, source_id: null, ...pick(customer, FIELDS) };
}
