import type { INodeProperties } from 'n8n-workflow';

/** The choice of a segment. */
export const segmentField: INodeProperties = {
	displayName: 'Segment',
	name: 'segment',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a segment…',
			typeOptions: { searchListMethod: 'searchSegments', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3b8e6f9c-0d4a-4f27-89e5-7d9b4a3f1b77',
			hint: 'The segment API identifier at the end of the segment in Braze',
		},
	],
};

export const SEGMENT_REMEDY = 'Choose a segment from the list, or enter its segment API identifier.';
