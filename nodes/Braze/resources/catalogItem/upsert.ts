import { inBatches } from '../../../common/operation';
import { catalogField } from '../catalog/catalogField';
import { bulkWriting } from './bulk';
import { itemIdField, readValues, valuesField } from './itemFields';

/** How Braze writes many items, by the value of the choice. */
const WRITES = {
	replace: { method: 'PUT', repeatable: true },
	change: { method: 'PATCH', repeatable: true },
	// Sent twice, Braze may find that the item is there already.
	create: { method: 'POST', repeatable: false },
} as const;

export const upsert = inBatches({
	name: 'upsert',
	displayName: 'Create or Update',
	action: 'Create or update catalog items',
	description:
		'Write any number of items to a catalog, 50 in one request; Braze applies them in its own time',
	fields: [
		catalogField,
		itemIdField,
		{
			displayName: 'Write',
			name: 'write',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Change Existing Items',
					value: 'change',
					description:
						'The given fields change, and the others stay. Items that are not there are passed over.',
				},
				{
					name: 'Create New Items',
					value: 'create',
					description: 'Items that are there already stay as they are',
				},
				{
					name: 'Create or Replace',
					value: 'replace',
					description:
						'Items become what is given, whether they are there or not; fields that are not given end up empty',
				},
			],
			default: 'replace',
		},
		valuesField,
	],
	open: (fixed) =>
		bulkWriting({ ...WRITES[fixed.choice('write', ['replace', 'change', 'create'])], values: readValues }),
});
