import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../common/json';
import { isRecord } from '../../common/record';
import { deliveryOf, keyOf, readMessage } from '../message';
import type { Form } from './form';

/** Whatever a webhook message sends: JSON objects and lists as data, anything else as text. */
export const readAnyWebhook: Form = ({ method, query, headers, body, keyOf: kind }) => {
	const content = contentOf(body);
	const message = readMessage({ ...query, ...(isRecord(content) ? content : {}) });
	const key = keyOf(message, kind);
	return {
		json: { method, query, headers, body: content, key: key ?? null },
		key,
		delivery: deliveryOf(message),
	};
};

function contentOf(body: string): IDataObject[string] {
	const parsed = parseJson(body);
	if (!('value' in parsed)) return body;
	const { value } = parsed;
	return isRecord(value) || Array.isArray(value) ? value : body;
}
