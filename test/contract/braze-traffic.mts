import type { LogEntry } from '../../sandbox/common/request-log.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT, BrazeContract } from './braze-contract.mts';
import { OpenApiContract } from './contract.mts';

/** A request to Braze with its answer; bodies are parsed JSON. */
export type BrazeExchange = Pick<LogEntry, 'method' | 'path' | 'requestBody' | 'responseBody' | 'status'>;

/** Of which the log keeps none; that they come is checked where the sandbox is. */
const HEADERS = {
	'content-type': 'application/json',
	'x-ratelimit-limit': '1',
	'x-ratelimit-remaining': '1',
	'x-ratelimit-reset': '1',
};

/** An operation that Braze documents and the contract does not describe, with those whose answers, and perhaps requests, are alike. */
interface Undescribed {
	readonly method: string;
	readonly path: RegExp;
	readonly answersLike: readonly [method: string, template: string];
	readonly requestsLike?: readonly [method: string, template: string];
}

const ITEMS = '/catalogs/{catalog_name}/items';

/** By Braze's pages on the catalog endpoints. */
const UNDESCRIBED: readonly Undescribed[] = [
	{
		method: 'DELETE',
		path: /^\/catalogs\/[^/]+$/,
		answersLike: ['DELETE', `${ITEMS}/{item_id}`],
	},
	{ method: 'POST', path: /^\/catalogs\/[^/]+\/fields$/, answersLike: ['POST', ITEMS] },
	{ method: 'DELETE', path: /^\/catalogs\/[^/]+\/fields\/[^/]+$/, answersLike: ['DELETE', ITEMS] },
	{
		method: 'GET',
		path: /^\/catalogs\/[^/]+\/items$/,
		answersLike: ['GET', `${ITEMS}/{item_id}`],
	},
	{
		method: 'PUT',
		path: /^\/catalogs\/[^/]+\/items$/,
		answersLike: ['POST', ITEMS],
		requestsLike: ['POST', ITEMS],
	},
];

/** What differs between requests to Braze, with their answers, and the contract; one line each. */
export function problemsOfExchanges(exchanges: readonly BrazeExchange[]): string[] {
	const requests = new OpenApiContract(BRAZE_CONTRACT);
	const answers = new BrazeContract();
	return exchanges.flatMap(({ method, path, requestBody, responseBody, status }) => {
		const { pathname, searchParams } = new URL(path, 'http://braze.invalid');
		const template = requests.templateOf(method, pathname);
		const undescribed = UNDESCRIBED.find((one) => one.method === method && one.path.test(pathname));
		const described = template === undefined ? undefined : ([method, template] as const);
		const answer = described ?? undescribed?.answersLike;
		if (answer === undefined) return [`${method} ${pathname} is not in the contract`];
		const request = described ?? undescribed?.requestsLike;
		const hasBody = requestBody !== undefined && requestBody !== '';
		const problems = [
			...(described === undefined ? [] : [requests.problemsOfQuery(...described, searchParams)]),
			...(request === undefined || !hasBody ? [] : [requests.problemsOfRequest(...request, requestBody)]),
			...(status === undefined
				? []
				: [answers.problemsOfAnswer(...answer, { status, headers: HEADERS, data: responseBody })]),
		];
		return problems.filter((problem) => problem !== '').map((problem) => `${method} ${path}: ${problem}`);
	});
}

/** Files that a storage service holds, which the sandbox serves at the same address. */
const ARCHIVES = '/segment-export/';

/** What differs between the requests that the sandbox's Braze got, with its answers, and the contract. */
export function problemsOfBrazeTraffic({ log }: Sandbox): string[] {
	return problemsOfExchanges(
		log.entries().filter(({ service, path }) => service === 'braze' && !path.startsWith(ARCHIVES)),
	);
}
