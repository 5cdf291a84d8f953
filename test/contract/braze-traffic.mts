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

/** What differs between requests to Braze, with their answers, and the contract; one line each. */
export function problemsOfExchanges(exchanges: readonly BrazeExchange[]): string[] {
	const requests = new OpenApiContract(BRAZE_CONTRACT);
	const answers = new BrazeContract();
	return exchanges.flatMap(({ method, path, requestBody, responseBody, status }) => {
		const { pathname, searchParams } = new URL(path, 'http://braze.invalid');
		const template = requests.templateOf(method, pathname);
		if (template === undefined) return [`${method} ${pathname} is not in the contract`];
		const problems = [
			requests.problemsOfQuery(method, template, searchParams),
			...(requestBody === undefined || requestBody === ''
				? []
				: [requests.problemsOfRequest(method, template, requestBody)]),
			...(status === undefined
				? []
				: [answers.problemsOfAnswer(method, template, { status, headers: HEADERS, data: responseBody })]),
		];
		return problems.filter((problem) => problem !== '').map((problem) => `${method} ${path}: ${problem}`);
	});
}

/** What differs between the requests that the sandbox's Braze got, with its answers, and the contract. */
export function problemsOfBrazeTraffic({ log }: Sandbox): string[] {
	return problemsOfExchanges(log.entries().filter(({ service }) => service === 'braze'));
}
