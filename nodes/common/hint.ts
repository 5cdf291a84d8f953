import type { Tally } from './operation';
import type { Traffic } from './request';

/** What a run came to, for the hint on the output pane. */
export interface RunReport {
	readonly tally: Tally;
	readonly traffic: Traffic;
	/** How long it took, in ms. */
	readonly took: number;
	readonly notes: readonly string[];
}

/** The hint in words: "10,000 items in 134 requests, 1.1 s (9,091 items/s). 30,000 data points. 3 items failed." */
export function hintText({ tally, traffic, took, notes }: RunReport): string {
	const rate = took >= 1000 ? ` (${number(Math.round((tally.items * 1000) / took))} items/s)` : '';
	const waited = traffic.waited >= 1000 ? `, of which requests waited ${seconds(traffic.waited)} in all` : '';
	const sentences = [
		`${plural(tally.items, 'item')} in ${plural(tally.requests, 'request')}, ${seconds(took)}${rate}${waited}`,
		...[...tally.counts].map(([what, howMany]) => `${number(howMany)} ${what}`),
		...(traffic.retries > 0 ? [`${plural(traffic.retries, 'request')} had to be tried again`] : []),
		...(tally.failed > 0 ? [`${plural(tally.failed, 'item')} failed`] : []),
		...notes,
	];
	return sentences.map((sentence) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ');
}

/** How the items of a run that stopped had ended by then. */
export interface Standing {
	readonly succeeded: readonly number[];
	/** Beside the one that the error is about. */
	readonly alsoFailed: number;
	/** Items of which some objects were sent and others not. */
	readonly sentInPart: readonly number[];
	readonly untouched: number;
}

/** What else happened in a run that stopped: "3 items had already succeeded (0–2), 4 items were not started." */
export function accountOf({ succeeded, alsoFailed, sentInPart, untouched }: Standing): string {
	const were = (count: number) => `${plural(count, 'item')} ${count === 1 ? 'was' : 'were'}`;
	const parts = [
		succeeded.length > 0
			? `${plural(succeeded.length, 'item')} had already succeeded (${ranges(succeeded)})`
			: 'No other item had succeeded',
		...(alsoFailed > 0 ? [`${plural(alsoFailed, 'more item')} failed`] : []),
		...(sentInPart.length > 0 ? [`${were(sentInPart.length)} sent in part (${ranges(sentInPart)})`] : []),
		...(untouched > 0 ? [`${were(untouched)} not started`] : []),
	];
	return `${parts.join(', ')}.`;
}

/** A list of item numbers as a person would write it: 0–3, 5, 7–9, at most a dozen ranges. */
export function ranges(indices: readonly number[]): string {
	const runs: Array<[number, number]> = [];
	for (const index of [...indices].sort((a, b) => a - b)) {
		const last = runs[runs.length - 1];
		if (last && index <= last[1] + 1) last[1] = index;
		else runs.push([index, index]);
	}
	const shown = runs.slice(0, 12).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
	return runs.length > 12 ? `${shown.join(', ')} and more` : shown.join(', ');
}

export function plural(count: number, noun: string): string {
	return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
	return value.toLocaleString('en-US');
}

function seconds(ms: number): string {
	return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${number(Math.round(ms / 1000))} s`;
}
