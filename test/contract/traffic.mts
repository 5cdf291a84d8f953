import type { LogEntry } from '../../sandbox/common/request-log.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { OpenApiContract } from './contract.mts';

/** What differs between the requests that the sandbox's Voucherify got, with its answers, and the contract; one line each. */
export function problemsOfTraffic(contract: OpenApiContract, { log, voucherify }: Sandbox): string[] {
	return log
		.entries()
		.filter(({ service }) => service === 'voucherify')
		.flatMap((entry) => problemsOf(contract, entry, voucherify.url));
}

function problemsOf(contract: OpenApiContract, entry: LogEntry, url: string): string[] {
	const { method, path, requestBody, requestHeaders, responseBody, status } = entry;
	const { pathname, searchParams } = new URL(path, url);
	const template = contract.templateOf(method, pathname);
	if (template === undefined) return [`${method} ${pathname} is not in the contract`];
	const type = String(requestHeaders['content-type'] ?? '').split(';')[0] ?? '';
	const isForm = type === 'application/x-www-form-urlencoded';
	const sent = isForm ? Object.fromEntries(new URLSearchParams(String(requestBody))) : requestBody;
	const headers = { 'content-type': 'application/json' };
	const problems = [
		contract.problemsOfQuery(method, template, searchParams),
		...(type === 'multipart/form-data' || method === 'GET'
			? []
			: [contract.problemsOfRequest(method, template, sent, isForm ? type : undefined)]),
		...(status === undefined
			? []
			: [contract.problemsOfAnswer(method, template, { status, headers, data: responseBody ?? '' })]),
	];
	return problems.filter((problem) => problem !== '').map((problem) => `${method} ${path}: ${problem}`);
}
