import type { INodeProperties } from 'n8n-workflow';

/** The choice of a Content Block. */
export const contentBlockField: INodeProperties = {
	displayName: 'Content Block',
	name: 'contentBlock',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a Content Block…',
			typeOptions: { searchListMethod: 'searchContentBlocks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 6e1b9c2f-3a7d-4c5a-9c18-0a2e7d6c4eaa',
			hint: 'The Content Block API identifier at the end of the Content Block in Braze',
		},
	],
};

export const CONTENT_BLOCK_REMEDY = 'Choose a Content Block from the list, or enter its API identifier.';
