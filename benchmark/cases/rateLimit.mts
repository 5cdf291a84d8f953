import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { insist, type Case, type Remarks } from '../case.mts';
import { count } from '../table.mts';
import { reset, seen, type Service, type Workbench } from '../workbench.mts';
import { itemsStep, ownStep } from '../workflow.mts';

/** Voucherify's limit of a plan: requests a minute. Here the minute is shorter, so that several pass by; in a quick run less fits into it. */
const LIMIT = { quick: 500, usual: 2000, full: 2000 };
const WINDOW_MS = 10_000;
/** The share of the limit that has to be used. */
const LEAST_USE = 0.95;
/** The share of the answers that may say 429. */
const MOST_REFUSED = 0.01;

interface Window {
	/** Start, milliseconds since 1970. */
	readonly start: number;
	readonly accepted: number;
	readonly refused: number;
}

/** What came of the last run. */
let last: { readonly use: number; readonly refused: number; readonly windows: readonly Window[] } | undefined;

async function atStartOfWindow(): Promise<void> {
	await sleep(WINDOW_MS - (Date.now() % WINDOW_MS) + 20);
}

async function limited(bench: Workbench, service: Service, limit: number, size: number) {
	const { sandbox, credentials } = service;
	await reset(service);
	await atStartOfWindow();
	const customer = { __rl: true, mode: 'sourceId', value: '={{ $json.external_id }}' };
	const campaign = { __rl: true, mode: 'name', value: 'Summer Sale 20%' };
	const form = { resource: 'publication', operation: 'create', campaign, customer };
	const run = await bench.runSteps(itemsStep('profiles', size), [
		ownStep('Publish', 'voucherify', form, credentials),
	]);
	const { publications, totals } = await seen(service);
	insist(
		publications === size,
		`${count(size)} publications were to be made; there are ${count(publications)}`,
	);
	const { data } = await axios.get<{ voucherify: readonly Window[] }>(
		`${sandbox.voucherify.url}/_sandbox/quotas`,
	);
	const windows = data.voucherify;
	// The last window is left before it is used up, because there is nothing more to send.
	const full = windows.slice(0, -1);
	const sum = (of: readonly Window[], pick: (window: Window) => number) =>
		of.reduce((total, window) => total + pick(window), 0);
	const passed = ((windows.at(-1)?.start ?? 0) - (windows[0]?.start ?? 0)) / WINDOW_MS;
	const use = sum(full, ({ accepted }) => accepted) / (limit * passed);
	const refusals = sum(windows, ({ refused }) => refused);
	const requests = Object.values(totals).reduce((total, calls) => total + calls, 0);
	last = { use, refused: refusals / requests, windows };
	return { ...run, requests };
}

function remarks(): Remarks {
	if (last === undefined) return { lines: [], broken: [] };
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
	const { use, refused, windows } = last;
	return {
		lines: [
			`${percent(use)} of the limit was used in the ${windows.length - 1} windows before the last; ${percent(refused)} of the answers said 429, and no item failed.`,
		],
		broken: [
			...(use < LEAST_USE ? [`only ${percent(use)} of the rate limit was used`] : []),
			...(refused > MOST_REFUSED ? [`${percent(refused)} of the answers said 429`] : []),
		],
	};
}

export const rateLimit: Case = {
	name: 'rate-limit',
	title: 'Publishing within a rate limit',
	explanation: `What counts as a minute are ${WINDOW_MS / 1000} seconds here; the run begins with one.`,
	races: async (bench, extent) => {
		const limit = LIMIT[extent];
		const size = limit * (extent === 'quick' ? 2.5 : 5.5);
		const service = await bench.service(
			'--voucherify-rate-limit',
			String(limit),
			'--rate-window',
			String(WINDOW_MS),
		);
		return [
			{
				title: `${count(size)} publications at ${count(limit)} a minute`,
				contestants: [
					{
						name: 'Voucherify: Create a publication',
						times: 1,
						run: async () => await limited(bench, service, limit, size),
					},
				],
			},
		];
	},
	remarks,
};
