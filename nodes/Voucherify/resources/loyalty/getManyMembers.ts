import { readMoment } from '../../../common/moment';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import type { ApiRequest } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { programField, readProgram } from './programField';
import { simplifyMember } from './simplifyMember';

interface Input {
	readonly program: string;
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
	readonly simplify: boolean;
}

export const getManyMembers = perItem<Input>({
	name: 'getManyMembers',
	displayName: 'Get Many Members',
	action: 'Get many loyalty program members',
	description: 'List the loyalty cards of a program, the newest first',
	fields: [
		programField,
		...pagingFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'Created After', name: 'createdAfter', type: 'dateTime', default: '' },
				{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '' },
				{
					displayName: 'Customer',
					name: 'customer',
					type: 'string',
					default: '',
					placeholder: 'e.g. customer-000001',
					description: 'Source ID or ID of the customer who holds the card',
				},
			],
		},
		simplifyField,
	],
	read,
	run: list,
});

function read(item: ItemParameters): Input {
	const filters = [
		['customer', item.optionText('filters', 'customer')],
		['created_at[after]', readMoment(item, 'filters', 'createdAfter')],
		['created_at[before]', readMoment(item, 'filters', 'createdBefore')],
	].filter(([, value]) => value !== '');
	return {
		program: readProgram(item),
		wanted: readWanted(item),
		query: { order: '-created_at', ...Object.fromEntries(filters) },
		simplify: item.flag('simple'),
	};
}

async function list({ program, wanted, query, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const members = await readNumberedPages(
		run.client,
		{
			path: path`/v1/loyalties/${program}/members`,
			query,
			name: 'members',
			remedy: 'Filter by the time of joining, set a limit, or export the vouchers of the campaign instead.',
		},
		wanted,
	);
	return members.map((member) => ({ json: simplify ? simplifyMember(member) : member }));
}
