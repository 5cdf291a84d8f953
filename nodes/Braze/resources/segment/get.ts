import { perItem } from '../../../common/operation';
import { objectOf } from '../../answer';
import { SEGMENT_REMEDY, segmentField } from './segmentField';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a segment',
	description: 'Look up a segment: its name, what it is for, and its filters in words',
	fields: [segmentField],
	read: (item) => item.located('segment', SEGMENT_REMEDY),
	run: async (id, run) => {
		const response = await run.client.send({
			method: 'GET',
			path: '/segments/details',
			query: { segment_id: id },
		});
		return [{ json: { id, ...objectOf(response) } }];
	},
});
