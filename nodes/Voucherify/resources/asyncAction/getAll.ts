import type { IDataObject } from 'n8n-workflow';
import { readMoment } from '../../../common/moment';
import { perItem, type Run } from '../../../common/operation';
import { pageOf } from '../../answer';
import { pagingFields, readWanted } from '../../pagingFields';
import { PAGE_SIZE } from '../../numberedPages';

interface Input {
	readonly wanted: number;
	/** ISO 8601; empty for now. */
	readonly before: string;
}

export const getAll = perItem<Input>({
	name: 'getAll',
	displayName: 'Get Many',
	action: 'Get many async actions',
	description:
		'List bulk updates, imports and deletions that Voucherify does in its own time, the newest first',
	fields: [
		...pagingFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [{ displayName: 'Created Before', name: 'createdBefore', type: 'dateTime', default: '' }],
		},
	],
	read: (item) => ({
		wanted: readWanted(item),
		before: readMoment(item, 'filters', 'createdBefore'),
	}),
	run: async ({ wanted, before }, run) => (await readActions(run, wanted, before)).map((json) => ({ json })),
});

/** Their list goes back in time by the end of the period; each action comes once. */
async function readActions(run: Run, wanted: number, before: string): Promise<IDataObject[]> {
	const found = new Map<unknown, IDataObject>();
	const limit = Math.min(PAGE_SIZE, wanted);
	for (let end: string | undefined = before === '' ? undefined : before; ;) {
		const query: { limit: number; end_date: string | undefined } = { limit, end_date: end };
		const { rows } = pageOf(await run.client.send({ method: 'GET', path: '/v1/async-actions', query }));
		const known = found.size;
		for (const row of rows) if (found.size < wanted) found.set(row.id, row);
		const oldest = Date.parse(String(rows[rows.length - 1]?.created_at));
		if (rows.length < limit || found.size >= wanted || Number.isNaN(oldest)) break;
		if (found.size === known) {
			run.note('Voucherify has more async actions of one moment than it lists; older ones are left out');
			break;
		}
		// Others may have the same moment, which the end of a period need not include.
		end = new Date(oldest + 1).toISOString();
	}
	return [...found.values()];
}
