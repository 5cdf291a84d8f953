import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Promotion tiers by name, banner or ID, the newest first. */
export const searchPromotionTiers = listSearch(
	async (client, typed, page) =>
		await scan(
			client,
			{ path: '/v1/promotions/tiers', query: { order: '-created_at' }, lastPage: 100 },
			typed,
			page,
			({ id, name, banner }) => [id, name, banner],
			({ id, name, banner }) => ({
				name: textOf(name) ?? textOf(banner) ?? String(id),
				value: String(id),
				description: textOf(banner) ?? '',
			}),
		),
);
