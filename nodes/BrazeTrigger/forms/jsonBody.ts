import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../common/json';
import { isRecord } from '../../common/record';

/** The fields of a body that has to be a JSON object, or a sentence on why it is none. */
export function jsonBody(body: string): { readonly fields: IDataObject } | { readonly problem: string } {
	if (body.trim() === '') return { problem: 'The body is empty: it has to be a JSON object.' };
	const parsed = parseJson(body);
	if (!('value' in parsed)) return { problem: `The body is not JSON: ${parsed.problem}` };
	return isRecord(parsed.value) ? { fields: parsed.value } : { problem: 'The body has to be a JSON object.' };
}
