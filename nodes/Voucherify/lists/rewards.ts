import { textOf } from '../answer';
import { listSearch } from './listSearch';
import { scan } from './scan';

/** Rewards by name or ID. */
export const searchRewards = listSearch(
	async (client, typed, page) =>
		await scan(
			client,
			{ path: '/v1/rewards', query: {}, lastPage: 100 },
			typed,
			page,
			({ id, name }) => [id, name],
			({ id, name }) => ({ name: textOf(name) ?? String(id), value: String(id) }),
		),
);
