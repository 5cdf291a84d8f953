import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { pageOf } from '../../answer';
import { readNumberedPages } from '../../numberedPages';
import { memberField, readMember } from './memberField';
import { programField, readProgram } from './programField';

type Input =
	| { readonly of: 'member'; readonly member: string; readonly affordable: boolean }
	| { readonly of: 'program'; readonly program: string };

export const getRewards = perItem<Input>({
	name: 'getRewards',
	displayName: 'Get Rewards',
	action: 'Get the rewards of a member or a loyalty program',
	description: 'List what points can be exchanged for',
	fields: [
		{
			displayName: 'Rewards Of',
			name: 'of',
			type: 'options',
			options: [
				{ name: 'A Member', value: 'member', description: 'With the reward itself and its price in points' },
				{ name: 'A Loyalty Program', value: 'program', description: 'Which rewards the program offers' },
			],
			default: 'member',
		},
		{ ...memberField, displayOptions: { show: { of: ['member'] } } },
		{
			displayName: 'Affordable Only',
			name: 'affordable',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out rewards that the member has too few points for',
			displayOptions: { show: { of: ['member'] } },
		},
		{ ...programField, displayOptions: { show: { of: ['program'] } } },
	],
	read: (item) => {
		const of = item.choice('of', ['member', 'program']);
		return of === 'member'
			? { of, member: readMember(item), affordable: item.flag('affordable') }
			: { of, program: readProgram(item) };
	},
	run: list,
});

async function list(input: Input, run: Run): Promise<readonly OutputItem[]> {
	if (input.of === 'program') {
		const assignments = await readNumberedPages(
			run.client,
			{
				path: path`/v1/loyalties/${input.program}/rewards`,
				query: {},
				name: 'rewards',
				remedy: 'No program offers as many: contact Voucherify.',
			},
			Infinity,
		);
		return assignments.map((json) => ({ json }));
	}
	const { rows } = pageOf(
		await run.client.send({
			method: 'GET',
			path: path`/v1/loyalties/members/${input.member}/rewards`,
			query: { affordable_only: input.affordable ? true : undefined },
		}),
	);
	return rows.map((json) => ({ json }));
}
