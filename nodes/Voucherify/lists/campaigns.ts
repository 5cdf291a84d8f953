import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Campaigns by name or ID, the newest first. */
export const searchCampaigns = listSearch(
	async (client, typed, page) =>
		await scan(
			client,
			{ path: '/v1/campaigns', query: { order: '-created_at' }, lastPage: 100 },
			typed,
			page,
			({ id, name }) => [id, name],
			({ id, name, description }) => ({
				name: textOf(name) ?? String(id),
				value: String(id),
				description: textOf(description) ?? '',
			}),
		),
);
