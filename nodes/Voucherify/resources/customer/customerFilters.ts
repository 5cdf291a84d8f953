import type { INodeProperties } from 'n8n-workflow';
import { readMoment } from '../../../common/moment';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';

/** Form field to query parameter. */
const TEXTS = { city: 'city', email: 'email', name: 'name' } as const;
const MOMENTS = {
	createdAfter: 'created_at[after]',
	createdBefore: 'created_at[before]',
	updatedAfter: 'updated_at[after]',
	updatedBefore: 'updated_at[before]',
} as const;

/** What customers can be filtered by. */
export const customerFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{ displayName: 'City', name: 'city', type: 'string', default: '', placeholder: 'e.g. Warsaw' },
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only customers that are newer than this, for example those since the last run',
		},
		{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '' },
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@email.com',
			description: 'The whole address',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Ada Nowak',
			description: 'The whole name',
		},
		{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '' },
		{ displayName: 'Updated Before', name: 'updatedBefore', type: 'dateTime', default: '' },
	],
};

/** Reads the filters as query parameters. */
export function readCustomerFilters(item: ItemParameters): NonNullable<ApiRequest['query']> {
	const texts = Object.entries(TEXTS).map(
		([field, name]) => [name, item.optionText('filters', field)] as const,
	);
	const moments = Object.entries(MOMENTS).map(
		([field, name]) => [name, readMoment(item, 'filters', field)] as const,
	);
	return Object.fromEntries([...texts, ...moments].filter(([, value]) => value !== ''));
}
