import { inBatches, type Batching } from '../../../common/operation';
import { arrayOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait } from '../../polling';
import { BULK_LIMITS, bulkOptionsField, sendBulk } from '../asyncAction/bulk';
import { profileField, readProfile, readSourceId, sourceIdField } from './profile';

/** Any number of customers in requests of 10 MB; Voucherify creates or changes them by their source ID. */
export const upsertBulk = inBatches({
	name: 'upsertBulk',
	displayName: 'Upsert in Bulk',
	action: 'Create or update customers in bulk',
	description:
		'Create or change any number of customers in few requests, and wait until Voucherify is done. Customers that it refuses come back as failed items. Does not fire "customer updated" events.',
	fields: [sourceIdField, profileField, bulkOptionsField],
	open,
});

function open(fixed: ItemParameters): Batching {
	const longestWait = readLongestWait(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			const key = readSourceId(item);
			const text = JSON.stringify({ source_id: key, ...readProfile(item) });
			return [{ owner: item.index, lane: 'customers', text, key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: '/v1/customers/bulk/async',
				body: arrayOf(parts),
				repeatable: true,
				longestWait,
			}),
	};
}
