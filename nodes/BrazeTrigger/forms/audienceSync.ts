import { shown } from '../../common/failure';
import { deliveryOf, keyOf, readMessage, textOf } from '../message';
import type { Form } from './form';
import { jsonBody } from './jsonBody';

const PROFILE = ['email_address', 'first_name', 'last_name', 'country', 'city', 'phone_number'] as const;

/** A user who enters or leaves an audience: `action`, `user_id`, `audience_id`, and what is known of the user. */
export const readAudienceSync: Form = ({ body, keyOf: kind }) => {
	const read = jsonBody(body);
	if ('problem' in read) return read;
	const { action, ...fields } = read.fields;
	if (action !== 'add' && action !== 'delete')
		return { problem: `The field "action" has to be "add" or "delete"; it is ${shown(action)}.` };
	const message = readMessage(fields);
	if (message.userId === undefined)
		return { problem: 'The field "user_id" is missing: it has to be the external ID of the user.' };
	const audience = textOf(fields.audience_id);
	if (audience === undefined)
		return { problem: 'The field "audience_id" is missing: it has to name the audience.' };
	const profile = Object.fromEntries(PROFILE.map((name) => [name, textOf(fields[name]) ?? null]));
	const delivery = deliveryOf(message);
	const key = keyOf(message, kind);
	return {
		json: { action, user_id: message.userId, audience_id: audience, ...profile, key: key ?? null },
		key,
		delivery: delivery && `${delivery}:${action}:${audience}`,
	};
};
