import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { objectOf } from '../../answer';
import { CONTENT_BLOCK_REMEDY, contentBlockField } from './contentBlockField';
import {
	checkedContent,
	checkedName,
	contentField,
	moreFields,
	nameField,
	readMore,
} from './contentBlockFields';

export const update = perItem<IDataObject>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a content block',
	description: 'Change the content of a Content Block, or what is known of it',
	fields: [
		contentBlockField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				contentField,
				...moreFields.slice(0, 1),
				{ ...nameField, description: 'Can be changed only while the Content Block is a draft' },
				...moreFields.slice(1),
			],
		},
	],
	read: (item) => {
		const id = item.located('contentBlock', CONTENT_BLOCK_REMEDY);
		const name = item.optionText('updateFields', 'name');
		const content = item.optionText('updateFields', 'content');
		const changes = {
			...(name === '' ? {} : { name: checkedName(item, name) }),
			...(content === '' ? {} : { content: checkedContent(item, content) }),
			...readMore(item, 'updateFields'),
		};
		if (Object.keys(changes).length === 0)
			throw item.invalid('updateFields', 'is empty', 'Add at least one field to change.');
		return { content_block_id: id, ...changes };
	},
	run: async (block, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: '/content_blocks/update',
			body: block,
			repeatable: true,
		});
		return [{ json: objectOf(response) }];
	},
});
