import type { INodeProperties } from 'n8n-workflow';

/** The choice of a segment. */
export const segmentField: INodeProperties = {
	displayName: 'Segment',
	name: 'segment',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The segment whose members to get',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a segment…',
			typeOptions: { searchListMethod: 'searchSegments', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. VIP' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. seg_WngpLzwZ8nAKJ6tFMZHZ9Y8q' },
	],
};

/** The choice of the segment that something is done with. */
export const anySegmentField: INodeProperties = { ...segmentField, description: 'The segment' };
