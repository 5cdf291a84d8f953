import type { IDataObject } from 'n8n-workflow';
import { shown } from './failure';
import { parseJson } from './json';
import { perItem, type Operation, type OutputItem, type Run } from './operation';
import type { ItemParameters } from './parameters';
import { isRecord } from './record';
import type { ApiRequest } from './request';
import { urlOf } from './urlPath';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;
const WITH_BODY = ['PATCH', 'POST', 'PUT'] as const;

/** Tells what the address means, never where it is sent. */
const SOME_HOST = 'https://host.invalid';

interface Input {
	readonly request: ApiRequest;
	readonly splits: boolean;
}

/** What differs between the services whose endpoints can be called. */
export interface Callable {
	/** As users know it: "Voucherify". */
	readonly service: string;
	/** A path of its API, for example `/v1/campaigns`. */
	readonly examplePath: string;
	/** A query parameter of its API, for example `page`. */
	readonly exampleParameter: string;
	/** The rows of an answer that is a list of its own kind. */
	rowsOf(body: IDataObject): unknown;
}

/** An operation that calls any endpoint of a service. */
export function apiCall(api: Callable): Operation {
	return perItem<Input>({
		name: 'send',
		displayName: 'Send',
		action: 'Send an API call',
		description: `Call any endpoint of the ${api.service} API, with the credential, retries and rate limits of this node`,
		fields: [
			{
				displayName: 'Method',
				name: 'method',
				type: 'options',
				options: METHODS.map((method) => ({ name: method, value: method })),
				default: 'GET',
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: '',
				required: true,
				placeholder: `e.g. ${api.examplePath}`,
				description:
					'The endpoint from the host on, as the API reference has it; the host is that of the credential. Encode values: a slash in a code is %2F.',
			},
			{
				displayName: 'Query Parameters',
				name: 'query',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Parameter',
				default: {},
				options: [
					{
						displayName: 'Parameter',
						name: 'parameter',
						values: [
							{
								displayName: 'Name',
								name: 'name',
								type: 'string',
								default: '',
								placeholder: `e.g. ${api.exampleParameter}`,
							},
							{ displayName: 'Value', name: 'value', type: 'string', default: '' },
						],
					},
				],
			},
			{
				displayName: 'Body',
				name: 'body',
				type: 'json',
				default: '{}',
				description: 'What to send, as JSON',
				displayOptions: { show: { method: [...WITH_BODY] } },
			},
			{
				displayName: 'Safe to Repeat',
				name: 'repeatable',
				type: 'boolean',
				default: false,
				description:
					'Whether sending it twice does the same as sending it once. Only then is it sent again when an answer gets lost.',
				displayOptions: { hide: { method: ['GET'] } },
			},
			{
				displayName: 'Split Lists',
				name: 'split',
				type: 'boolean',
				default: true,
				description: 'Whether an answer that is a list becomes one item for each of its rows',
			},
		],
		read: (item) => read(item, api),
		run: async (input, run) => await call(input, run, api),
	});
}

function read(item: ItemParameters, { examplePath }: Callable): Input {
	const method = item.choice('method', METHODS);
	const hasBody = WITH_BODY.some((known) => known === method);
	return {
		request: {
			method,
			path: readPath(item, examplePath),
			query: readQuery(item),
			...(hasBody ? { body: readBody(item) } : {}),
			repeatable: method === 'GET' || item.flag('repeatable'),
		},
		splits: item.flag('split'),
	};
}

/** A path that can lead to no other host, and past no part of itself. */
function readPath(item: ItemParameters, example: string): string {
	const remedy = `Enter it from the host on, for example ${example}.`;
	const path = item.requiredText('path', remedy);
	const wrong = (problem: string) => item.invalid('path', problem, remedy);
	if (!path.startsWith('/')) throw wrong(`is ${shown(path)}, which does not start with a slash`);
	if (/[?#]/.test(path)) throw item.invalid('path', 'holds a ? or #', 'Add query parameters below.');
	// URLs take a backslash for a slash, and drop tabs and line breaks.
	if (path.startsWith('//') || /[\\\s\p{Cc}]/u.test(path)) throw wrong(`is ${shown(path)}, which is no path`);
	const url = urlOf(path, SOME_HOST);
	const segments = path.split('/').map((segment) => segment.replace(/%2e/gi, '.'));
	if (url?.origin !== SOME_HOST || segments.includes('.') || segments.includes('..'))
		throw wrong(`is ${shown(path)}, which leads elsewhere`);
	return url.pathname;
}

function readQuery(item: ItemParameters): Readonly<Record<string, string>> {
	const rows = item.rows('query', 'parameter').map((row) => {
		const name = typeof row.name === 'string' ? row.name.trim() : '';
		if (name === '') throw item.invalid('name', 'is empty', 'Enter the name of the query parameter.');
		const { value } = row;
		if (typeof value === 'object' && value !== null)
			throw item.invalid('value', `is ${shown(value)}`, 'Enter text.');
		return [name, String(value ?? '')] as const;
	});
	return Object.fromEntries(rows);
}

function readBody(item: ItemParameters): string {
	const value = item.value('body');
	if (typeof value !== 'string') return JSON.stringify(value ?? {});
	const parsed = parseJson(value);
	if ('value' in parsed) return JSON.stringify(parsed.value);
	throw item.invalid('body', `is no JSON: ${parsed.problem}`, 'Enter JSON, for example {"key": "value"}.');
}

async function call({ request, splits }: Input, run: Run, api: Callable): Promise<readonly OutputItem[]> {
	const { status, body } = await run.client.send(request);
	if (Array.isArray(body)) return splits ? body.map(item) : [{ json: { data: body } }];
	if (!isRecord(body)) return [{ json: { status } }];
	const rows = api.rowsOf(body);
	return splits && Array.isArray(rows) ? rows.map(item) : [{ json: body }];
}

function item(row: unknown): { json: IDataObject } {
	return { json: isRecord(row) ? row : { data: row as IDataObject[string] } };
}
