import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { objectOf } from '../../answer';
import {
	checkedContent,
	checkedName,
	contentField,
	moreFields,
	nameField,
	readMore,
} from './contentBlockFields';

export const create = perItem<IDataObject>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a content block',
	description: 'Make a Content Block that messages include by its Liquid tag',
	fields: [
		{ ...nameField, required: true },
		{ ...contentField, required: true },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [...moreFields],
		},
	],
	read: (item) => ({
		name: checkedName(item, item.requiredText('name', 'Enter a name for the Content Block.')),
		content: checkedContent(item, item.requiredText('content', 'Enter what the Content Block says.')),
		...readMore(item, 'additionalFields'),
	}),
	run: async (block, run) => {
		const response = await run.client.send({ method: 'POST', path: '/content_blocks/create', body: block });
		return [{ json: objectOf(response) }];
	},
});
