import { inBatches, type Batching } from '../../../common/operation';
import { bodyOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait } from '../../polling';
import { readSharedMetadata } from '../../sharedMetadata';
import { BULK_LIMITS, bulkOptionsField, sendBulk } from '../asyncAction/bulk';
import { readSourceId, sourceIdField } from './profile';

export const updateMetadataBulk = inBatches({
	name: 'updateMetadataBulk',
	displayName: 'Update Metadata in Bulk',
	action: 'Update the metadata of customers in bulk',
	description:
		'Set the same metadata on any number of customers in few requests, and wait until Voucherify is done. For metadata of their own, use Upsert in Bulk.',
	fields: [
		sourceIdField,
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			required: true,
			description: 'Custom fields to set, the same for all items; others stay as they are',
		},
		bulkOptionsField,
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	const longestWait = readLongestWait(fixed);
	const { metadata, check } = readSharedMetadata(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			check(item);
			const key = readSourceId(item);
			return [{ owner: item.index, lane: 'source_ids', text: JSON.stringify(key), key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: '/v1/customers/metadata/async',
				body: bodyOf(parts, { metadata }),
				repeatable: true,
				longestWait,
			}),
	};
}
