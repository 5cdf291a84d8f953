import type { INodeProperties } from 'n8n-workflow';

/** The choice of a Canvas. */
export const canvasField: INodeProperties = {
	displayName: 'Canvas',
	name: 'canvas',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a Canvas…',
			typeOptions: { searchListMethod: 'searchCanvases', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 0e9f4c7a-8b1d-4d25-a6c3-5b7f2e1d9f55',
			hint: 'The Canvas API identifier at the end of the Canvas in Braze',
		},
	],
};

export const CANVAS_REMEDY = 'Choose a Canvas from the list, or enter its Canvas API identifier.';
