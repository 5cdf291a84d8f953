import type { IDataObject } from 'n8n-workflow';
import { shown } from '../../common/failure';
import { isRecord } from '../../common/record';
import { deliveryOf, keyOf, readMessage, textOf } from '../message';
import type { Form } from './form';
import { jsonBody } from './jsonBody';

/** What a user did: `event`, `user_id`, and `properties`. */
export const readCustomEvent: Form = ({ body, keyOf: kind }) => {
	const read = jsonBody(body);
	if ('problem' in read) return read;
	const event = textOf(read.fields.event);
	if (event === undefined)
		return { problem: 'The field "event" is missing: it has to be the name of the event.' };
	const message = readMessage(read.fields);
	if (message.userId === undefined)
		return { problem: 'The field "user_id" is missing: it has to be the external ID of the user.' };
	const given: unknown = read.fields.properties ?? {};
	if (!isRecord(given))
		return { problem: `The field "properties" has to be a JSON object; it is ${shown(given)}.` };
	const properties: IDataObject = given;
	const delivery = deliveryOf(message);
	const key = keyOf(message, kind);
	return {
		json: { event, user_id: message.userId, properties, key: key ?? null },
		key,
		delivery: delivery && `${delivery}:${event}`,
	};
};
