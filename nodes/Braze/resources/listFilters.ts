import type { INodeProperties } from 'n8n-workflow';
import { readMoment } from '../../common/moment';
import type { ItemParameters } from '../../common/parameters';
import type { ApiRequest } from '../../common/request';
import { readSort } from './sortField';

/** What a list of campaigns or Canvases can be narrowed down by. */
export const listFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Edited After',
			name: 'editedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only what was edited after this time',
		},
		{
			displayName: 'Include Archived',
			name: 'includeArchived',
			type: 'boolean',
			default: false,
			description: 'Whether to list what is archived too',
		},
	],
};

/** The query of a list of campaigns or Canvases. */
export function readListQuery(item: ItemParameters): NonNullable<ApiRequest['query']> {
	const editedAfter = readMoment(item, 'filters', 'editedAfter');
	return {
		sort_direction: readSort(item),
		include_archived: item.optionFlag('filters', 'includeArchived'),
		'last_edit.time[gt]': editedAfter === '' ? undefined : editedAfter,
	};
}
