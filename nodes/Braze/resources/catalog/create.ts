import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { isRecord } from '../../../common/record';
import { rowsOf } from '../../answer';
import { checkedName, fieldsField, readFields } from './catalogFields';

export const create = perItem<IDataObject>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a catalog',
	description: 'Make a catalog for what messages need to know, such as the terms of promotions',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. promotions',
		},
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Terms and dates of running promotions',
		},
		{
			...fieldsField,
			description: 'What each item has beside its ID; the field "ID" is always there',
		},
	],
	read: (item) => {
		const description = item.text('description');
		if (description.length > 250)
			throw item.invalid('description', `has ${description.length} characters`, 'Shorten it to 250.');
		// Braze wants the ID to be the first field.
		const fields = [{ name: 'id', type: 'string' }, ...readFields(item)];
		return { name: checkedName(item, item.text('name')), description, fields };
	},
	run: async (catalog, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: '/catalogs',
			body: { catalogs: [catalog] },
		});
		return rowsOf(response, 'catalogs')
			.filter(isRecord)
			.map((json) => ({ json }));
	},
});
