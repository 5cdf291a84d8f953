import { asRecord } from '../../common/record';
import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Promotion tiers by name or ID, the newest first. */
export const searchPromotionTiers = listSearch(
	async (client, typed, page) =>
		await scan(
			client,
			{ path: '/v1/promotions/tiers', query: { order: '-created_at' }, lastPage: 100 },
			typed,
			page,
			({ id, name, campaign }) => [id, name, asRecord(campaign)?.name],
			({ id, name, banner, campaign }) => {
				const of = textOf(asRecord(campaign)?.name);
				const label = textOf(name) ?? textOf(banner) ?? String(id);
				return { name: of === undefined ? label : `${label} (${of})`, value: String(id) };
			},
		),
);
