import { inBatches, type Run } from '../../../common/operation';
import { bodyOf, type Part } from '../../../common/packing';
import { asRecord } from '../../../common/record';
import { failuresByIndex } from '../../batchAnswer';
import { identifierFields, readIdentifier, readIdentifyBy } from '../../track/identifier';
import { prioritizationField, readPrioritization } from './prioritizationField';
import { FIFTY } from './userBatches';

/** The request's list for each way to identify users; a request has one of them. */
const LANES = {
	externalId: 'external_ids',
	brazeId: 'braze_ids',
	alias: 'user_aliases',
	email: 'email_addresses',
	phone: 'phone_numbers',
} as const;

export const remove = inBatches({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete users',
	description: 'Delete profiles for good, 50 in one request',
	fields: [...identifierFields, prioritizationField({ identifyBy: ['email', 'phone'] })],
	open: (fixed) => {
		const by = readIdentifyBy(fixed);
		const isAddress = by === 'email' || by === 'phone';
		return {
			limits: FIFTY,
			read: (item) => {
				const identifier = readIdentifier(item, by);
				const [value] = Object.values(identifier);
				const user = isAddress ? { ...identifier, prioritization: readPrioritization(item) } : value;
				return [{ owner: item.index, lane: LANES[by], text: JSON.stringify(user) }];
			},
			// Of several profiles with one address, a second request would delete another one.
			send: async (parts, run) => await send(parts, run, !isAddress),
		};
	},
});

async function send(parts: readonly Part[], run: Run, repeatable: boolean) {
	const response = await run.client.send({
		method: 'POST',
		path: '/users/delete',
		body: bodyOf(parts),
		repeatable,
	});
	const { deleted } = asRecord(response.body) ?? {};
	if (typeof deleted === 'number') {
		run.count('users deleted', deleted);
		if (deleted < parts.length)
			run.note('Braze did not find all of the users, and does not say which; they count as deleted');
	}
	return failuresByIndex(response, parts);
}
