import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { pageOf } from '../../answer';
import { readNumberedPages } from '../../numberedPages';

/**
 * The tiers of one promotion in their order, or of the whole project.
 * @param campaign its ID; `undefined` for all
 * @param available only tiers that are active now, of the whole project
 */
export async function readTiers(
	run: Run,
	campaign: string | undefined,
	wanted: number,
	available = false,
): Promise<readonly IDataObject[]> {
	if (campaign !== undefined) {
		// This list comes whole.
		const { rows } = pageOf(
			await run.client.send({ method: 'GET', path: path`/v1/promotions/${campaign}/tiers` }),
		);
		return rows.slice(0, wanted);
	}
	return await readNumberedPages(
		run.client,
		{
			path: '/v1/promotions/tiers',
			query: { order: '-created_at', is_available: available ? true : undefined },
			name: 'promotion tiers',
			remedy: 'Set a limit, or list those of one campaign.',
		},
		wanted,
	);
}
