import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { anySegmentField } from './segmentField';
import { readSegment, segmentId, type SegmentReference } from './segmentReference';

export const remove = perItem<SegmentReference>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a segment',
	description: 'Delete a segment; its customers stay',
	fields: [anySegmentField],
	read: readSegment,
	run: async (segment, run) => {
		const id = await segmentId(run, segment);
		await run.client.send({ method: 'DELETE', path: path`/v1/segments/${id}`, repeatable: true });
		return [{ json: { segment: id, deleted: true } }];
	},
});
