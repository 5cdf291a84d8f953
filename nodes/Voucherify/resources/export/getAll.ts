import { perItem } from '../../../common/operation';
import { readNumberedPages } from '../../numberedPages';
import { pagingFields, readWanted } from '../../pagingFields';
import { shownExport } from './exportJob';

const ORDERS = ['-created_at', 'created_at', 'status'] as const;

interface Input {
	readonly wanted: number;
	readonly order: string;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many exports',
	description: 'List the exports of the project',
	fields: [
		...pagingFields,
		{
			displayName: 'Sort',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'By Status', value: 'status' },
				{ name: 'Newest First', value: '-created_at' },
				{ name: 'Oldest First', value: 'created_at' },
			],
			default: '-created_at',
		},
	],
	read: (item) => ({ wanted: readWanted(item), order: item.choice('order', ORDERS) }),
	run: async ({ wanted, order }, run) => {
		const list = { path: '/v1/exports', query: { order }, name: 'exports', remedy: 'Set a limit.' };
		const jobs = await readNumberedPages(run.client, list, wanted);
		return jobs.map((job) => ({ json: shownExport(job) }));
	},
});
