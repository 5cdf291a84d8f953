import { perItem } from '../../../common/operation';
import { objectOf } from '../../answer';
import { CONTENT_BLOCK_REMEDY, contentBlockField } from './contentBlockField';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a content block',
	description: 'Look up a Content Block with its content',
	fields: [contentBlockField],
	read: (item) => item.located('contentBlock', CONTENT_BLOCK_REMEDY),
	run: async (id, run) => {
		const response = await run.client.send({
			method: 'GET',
			path: '/content_blocks/info',
			query: { content_block_id: id },
		});
		return [{ json: objectOf(response) }];
	},
});
