import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { anySegmentField } from './segmentField';
import { readSegment, segmentId, type SegmentReference } from './segmentReference';

export const get = perItem<SegmentReference>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a segment',
	description: 'Look up a segment: its type and the conditions of its members',
	fields: [anySegmentField],
	read: readSegment,
	run: async (segment, run) => {
		const id = await segmentId(run, segment);
		const response = await run.client.send({ method: 'GET', path: path`/v1/segments/${id}` });
		return [{ json: objectOf(response) }];
	},
});
