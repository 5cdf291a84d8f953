import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/**
 * Campaigns by name or ID, the newest first.
 * @param type of the API, such as `LOYALTY_PROGRAM`; `undefined` for all
 */
function campaignsOf(type: string | undefined) {
	return listSearch(
		async (client, typed, page) =>
			await scan(
				client,
				{ path: '/v1/campaigns', query: { order: '-created_at', campaign_type: type }, lastPage: 100 },
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
}

export const searchCampaigns = campaignsOf(undefined);
export const searchLoyaltyPrograms = campaignsOf('LOYALTY_PROGRAM');
export const searchPromotions = campaignsOf('PROMOTION');
