import { inBatches } from '../../../common/operation';
import { catalogField } from '../catalog/catalogField';
import { bulkWriting } from './bulk';
import { itemIdField } from './itemFields';

export const remove = inBatches({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete catalog items',
	description: 'Remove items from a catalog, 50 in one request',
	fields: [catalogField, itemIdField],
	open: () => bulkWriting({ method: 'DELETE', repeatable: true, values: () => ({}) }),
});
