import { asFailure, Failure } from '../../../common/failure';
import { inBatches, type Run } from '../../../common/operation';
import { byLane, type Part } from '../../../common/packing';
import { inTurn, type Outcomes } from '../../rounds';
import { groupIdField, groupStatusField } from '../../subscriptionGroupFields';
import { failuresOf } from '../../track/answer';
import { readUser, userFields } from './userField';

/** Users of one request, over all its groups. */
const LIMITS = { combined: 50, perLane: 50, bytes: 4 * 1024 * 1024 };

export const setStatus = inBatches({
	name: 'setStatus',
	displayName: 'Set Status',
	action: 'Set the status of users in a subscription group',
	description: 'Subscribe users to an email, SMS or WhatsApp group, or unsubscribe them, 50 in one request',
	fields: [{ ...groupIdField, required: true }, groupStatusField, ...userFields],
	open: () => ({
		limits: LIMITS,
		read: (item) => {
			const { by, user } = readUser(item);
			const group = item.requiredText('group', 'Enter the ID of a subscription group.');
			const status = item.choice('status', ['subscribed', 'unsubscribed']);
			// Users of one lane share an entry of the request.
			const lane = JSON.stringify([group, status, `${by}s`]);
			const text = JSON.stringify(user);
			return [{ owner: item.index, lane, text, key: JSON.stringify([by, user]) }];
		},
		send,
	}),
});

/** Braze refuses a request as a whole for one group that it does not know, so each group is then sent by itself. */
async function send(parts: readonly Part[], run: Run): Promise<Outcomes> {
	const outcome = await sendTogether(parts, run).catch((error: unknown) => asFailure(error));
	if (!(outcome instanceof Failure)) return outcome;
	const groups = [...byLane(parts).values()];
	if (groups.length === 1 || outcome.details.status !== 400) throw outcome;
	return await inTurn(parts, groups, async (users) => await sendTogether(users, run));
}

async function sendTogether(parts: readonly Part[], run: Run): Promise<Outcomes> {
	const entries = [...byLane(parts)].map(([lane, users]) => {
		const [subscription_group_id, subscription_state, field = ''] = JSON.parse(lane) as string[];
		return {
			subscription_group_id,
			subscription_state,
			[field]: users.map(({ text }) => JSON.parse(text) as string),
		};
	});
	const response = await run.client.send({
		method: 'POST',
		path: '/v2/subscription/status/set',
		body: { subscription_groups: entries },
		repeatable: true,
	});
	// Braze names a group in its errors, and no user.
	return failuresOf(response, parts);
}
