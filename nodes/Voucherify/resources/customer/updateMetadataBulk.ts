import { inBatches, type Batching } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { waitOptionsField } from '../../../common/polling';
import { sharedMetadataBatching } from '../asyncAction/sharedMetadata';
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
			hint: 'For example {"tier": "gold"}',
			description: 'Custom fields to set, the same for all items; others stay as they are',
		},
		waitOptionsField,
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	return sharedMetadataBatching(fixed, '/v1/customers/metadata/async', 'source_ids', readSourceId);
}
