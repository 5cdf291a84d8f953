import { keyOf, readMessage } from '../message';
import type { Form } from './form';
import { jsonBody } from './jsonBody';

/** A question that a message asks while it is rendered: in the query of a GET, or in the JSON of a POST. */
export const readConnectedContent: Form = ({ method, query, body, keyOf: kind }) => {
	const read = method === 'GET' ? { fields: {} } : jsonBody(body);
	if ('problem' in read) return read;
	const fields = { ...query, ...read.fields };
	const message = readMessage(fields);
	if (message.userId === undefined)
		return { problem: 'The field "user_id" is missing: this user has no external ID.' };
	const key = keyOf(message, kind);
	if (key === undefined) {
		const missing = kind === 'dispatch' ? 'dispatch_id' : 'campaign_id" or "canvas_id';
		return {
			problem: `The field "${missing}" is missing: without it nothing tells this message from others.`,
		};
	}
	const { campaignId = null, dispatchId = null } = message;
	return {
		json: { ...fields, user_id: message.userId, campaign_id: campaignId, dispatch_id: dispatchId, key },
		key,
		delivery: undefined,
	};
};
