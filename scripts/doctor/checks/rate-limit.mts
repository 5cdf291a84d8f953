import type { Service } from '../../../nodes/common/request.ts';
import type { Check } from '../check.mts';
import type { Answer } from '../connection.mts';
import type { Finding } from '../finding.mts';

const LIMIT_HEADER = /rate-?limit|^retry-after$/;
/** What the nodes wait for at most unless "Longest Wait" says otherwise. */
const USUAL_WAIT_MS = 60_000;
/** No window of either service is longer than a billing cycle. */
const LONGEST_WINDOW_MS = 32 * 24 * 3600 * 1000;
const CLOCK_TOLERANCE_MS = 60_000;

/** In which headers the service announces its limits, and whether the nodes read them right. */
export const rateLimit: Check = {
	title: 'Rate limit',
	examine: ({ service }, first) => Promise.resolve(readRateLimit(first, service)),
};

/** Reads the headers as the nodes do. */
export function readRateLimit({ headers, receivedAt }: Answer, service: Service): Finding[] {
	const names = Object.keys(headers).filter((name) => LIMIT_HEADER.test(name));
	if (names.length === 0) {
		return [
			{
				verdict: 'unknown',
				text: `${service.name} announces no limit in its answers, so the nodes learn of it only when it is used up.`,
				advice: 'If others share the quota, set Request Settings → Requests per Minute.',
			},
		];
	}
	const told = names.map((name) => `${name}: ${headers[name]}`).join(', ');
	const { remaining, resetsAt } = service.rateLimit(headers, receivedAt);
	if (remaining === undefined && resetsAt === undefined) {
		return [
			{
				verdict: 'contradicts',
				text: `${service.name} announces its limit in headers that the nodes do not read (${told}).`,
				advice: 'Set Request Settings → Requests per Minute.',
			},
		];
	}
	return [
		{ verdict: 'holds', text: `The limit is announced (${told}).` },
		...readReset(resetsAt, receivedAt, service),
	];
}

function readReset(resetsAt: number | undefined, now: number, service: Service): Finding[] {
	if (resetsAt === undefined)
		return [{ verdict: 'unknown', text: `${service.name} does not say when the limit starts anew.` }];
	const wait = resetsAt - now;
	if (wait < -CLOCK_TOLERANCE_MS || wait > LONGEST_WINDOW_MS) {
		return [
			{
				verdict: 'contradicts',
				text: `The limit seems to start anew at ${shownTime(resetsAt)}, which cannot be: the header has another form.`,
				advice: 'Set Request Settings → Requests per Minute, so that the nodes do not depend on it.',
			},
		];
	}
	if (wait <= USUAL_WAIT_MS) return [{ verdict: 'holds', text: 'It starts anew within a minute.' }];
	const minutes = Math.ceil(wait / 60_000);
	return [
		{
			verdict: 'differs',
			text: `It starts anew only in ${minutes} min, and the nodes wait for a minute unless told otherwise.`,
			sandbox: 'its limits hold for a minute',
			advice: `If a run may use up the limit, set Request Settings → Longest Wait (Seconds) to ${minutes * 60} or more.`,
		},
	];
}

function shownTime(at: number): string {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}
