import { perItem } from '../../../common/operation';
import { isRecord } from '../../../common/record';
import { rowsOf } from '../../answer';
import { readUser, userFields } from './userField';

type Input = ReturnType<typeof readUser>;

export const getStatus = perItem<Input>({
	name: 'getStatus',
	displayName: 'Get Status',
	action: 'Get the subscription groups of a user',
	description: 'Look up the subscription groups of a user, and whether they are subscribed to each',
	fields: userFields,
	read: readUser,
	run: async ({ by, user }, run) => {
		const response = await run.client.send({
			method: 'GET',
			path: '/subscription/user/status',
			query: { [by]: user, limit: 100 },
		});
		return rowsOf(response, 'users')
			.filter(isRecord)
			.map((json) => ({ json }));
	},
});
