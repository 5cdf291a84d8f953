import { inBatches, type Batching } from '../../../common/operation';
import { arrayOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { BULK_LIMITS, sendBulk } from '../asyncAction/bulk';
import { sharedMetadataBatching } from '../asyncAction/sharedMetadata';

export const updateMetadataBulk = inBatches({
	name: 'updateMetadataBulk',
	displayName: 'Update Metadata in Bulk',
	action: 'Update the metadata of vouchers in bulk',
	description:
		'Set metadata on any number of vouchers in few requests, and wait until Voucherify is done. Codes that it refuses come back as failed items.',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SUMMER-8KZ2QW4P',
			description: 'The code of the item, usually from one of its fields',
		},
		{
			displayName: 'Set',
			name: 'set',
			type: 'options',
			options: [
				{ name: 'Each Its Own', value: 'own', description: 'Every item has metadata of its own' },
				{ name: 'The Same for All', value: 'same', description: 'Takes less data' },
			],
			default: 'same',
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			required: true,
			hint: 'For example {"channel": "newsletter"}',
			description: 'Custom fields to set; others stay as they are',
		},
		waitOptionsField,
	],
	open: (fixed) => (fixed.choice('set', ['own', 'same']) === 'own' ? eachItsOwn(fixed) : sameForAll(fixed)),
});

function readCode(item: ItemParameters): string {
	return item.requiredText('code', 'Enter the code of a voucher.');
}

function eachItsOwn(fixed: ItemParameters): Batching {
	const longestWait = readLongestWait(fixed);
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			const key = readCode(item);
			const text = JSON.stringify({ code: key, metadata: item.object('metadata') });
			return [{ owner: item.index, lane: 'vouchers', text, key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: '/v1/vouchers/bulk/async',
				body: arrayOf(parts),
				repeatable: true,
				longestWait,
			}),
	};
}

function sameForAll(fixed: ItemParameters): Batching {
	return sharedMetadataBatching(fixed, '/v1/vouchers/metadata/async', 'codes', readCode);
}
