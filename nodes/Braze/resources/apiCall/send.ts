import type { IDataObject } from 'n8n-workflow';
import { apiCall } from '../../../common/apiCall';

/** What stands beside the rows of a list. */
const BESIDE_ROWS = ['message', 'count', 'total_count'];

/** A list of Braze: an answer with one array, and nothing else of interest. */
function rowsOf(body: IDataObject): unknown {
	const names = Object.keys(body).filter((name) => !BESIDE_ROWS.includes(name));
	return names.length === 1 && names[0] !== undefined ? body[names[0]] : undefined;
}

export const send = apiCall({
	service: 'Braze',
	examplePath: '/campaigns/list',
	exampleParameter: 'page',
	rowsOf,
});
