import { perItem } from '../../../common/operation';
import type { ApiRequest } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { readReferral, referralField } from './referralField';

interface Input {
	readonly code: string;
	readonly wanted: number;
	readonly query: NonNullable<ApiRequest['query']>;
}

export const getHolders = perItem<Input>({
	name: 'getHolders',
	displayName: 'Get Holders',
	action: 'Get the holders of a referral code',
	description: 'List who invited (referrer) and who was invited (referees) by a referral code',
	fields: [
		referralField,
		{
			displayName: 'Role',
			name: 'role',
			type: 'options',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Referee', value: 'REFEREE', description: 'Who was invited' },
				{ name: 'Referrer', value: 'REFERRER', description: 'Who invited' },
			],
			default: 'any',
			description: 'Which holders to get',
		},
		...pagingFields,
	],
	read: (item) => {
		const role = item.choice('role', ['any', 'REFEREE', 'REFERRER']);
		return {
			code: readReferral(item),
			wanted: readWanted(item),
			query: role === 'any' ? {} : { 'filters[holder_role][conditions][$is]': role },
		};
	},
	run: async ({ code, wanted, query }, run) => {
		const list = { path: path`/v1/referrals/members/${code}/holders`, query: { order: '-id', ...query } };
		return (await readCursorPages(run.client, list, wanted)).map((json) => ({ json }));
	},
});
