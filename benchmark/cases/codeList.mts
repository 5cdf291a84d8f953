import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { insist, resultOf, type Case, type Extent, type Remarks, type Results } from '../case.mts';
import type { Contestant, Race } from '../race.mts';
import { count, memory } from '../table.mts';
import { voucherifyHeaders, type Service, type Workbench } from '../workbench.mts';
import { ownStep, type Step } from '../workflow.mts';

const CAMPAIGN = 'Newsletter Codes';
const NODES = 'Voucherify: Export to File → Braze: Format List';
/** What an export and its list may take above what n8n has anyway, apart from the duplicate check, in bytes. */
const MOST_MEMORY = 60 * 1024 * 1024;
/** The script keeps the codes in a Set, and V8 lets none grow further. */
const LARGEST_SET = 2 ** 24;
/** The duplicate check, a code. */
const BYTES_A_CODE = 20;

interface Export {
	readonly id: string;
	readonly status: string;
	readonly result?: { readonly url?: string } | null;
}

/** Has an export made, and gives the address of its file. */
async function exported({ sandbox }: Service): Promise<string> {
	const { url } = sandbox.voucherify;
	const options = { headers: voucherifyHeaders(sandbox.voucherify) };
	const campaigns = await axios.get<{ campaigns: ReadonlyArray<{ id: string; name: string }> }>(
		`${url}/v1/campaigns?limit=100`,
		options,
	);
	const campaign = campaigns.data.campaigns.find(({ name }) => name === CAMPAIGN);
	const order = {
		exported_object: 'voucher',
		parameters: { fields: ['code'], campaign_id: campaign?.id },
	};
	let { data: job } = await axios.post<Export>(`${url}/v1/exports`, order, options);
	while (job.result?.url === undefined) {
		await sleep(100);
		({ data: job } = await axios.get<Export>(`${url}/v1/exports/${job.id}`, options));
	}
	return job.result.url;
}

async function race(bench: Workbench, size: number, withToday: boolean): Promise<Race> {
	const service = await bench.service('--codes', String(size), '--export-ms', '0');
	const { credentials } = service;
	const address = await exported(service);
	const nodes: Contestant = {
		name: NODES,
		run: async () => {
			const campaign = { __rl: true, mode: 'name', value: CAMPAIGN };
			const run = await bench.runSteps(undefined, [
				ownStep(
					'Export',
					'voucherify',
					{ resource: 'export', operation: 'exportToFile', campaign },
					credentials,
				),
				ownStep('List', 'braze', { resource: 'promotionCode', operation: 'formatList', codesFrom: 'file' }),
			]);
			const codes = codesOf(run.first);
			insist(codes === size, `${count(size)} codes were to be on the list; there are ${String(codes)}`);
			return run;
		},
	};
	const today: Contestant = {
		name: 'HTTP Request → Extract From File → Convert to File',
		times: 1,
		run: async () => await bench.runSteps(undefined, todaysSteps(address), true),
	};
	const script: Contestant = {
		name: '(c) axios script',
		run: async () => {
			const file = join(bench.userFolder, 'codes.csv');
			return await bench.runScript({ kind: 'codes', url: address, file });
		},
	};
	const others = [...(size <= LARGEST_SET ? [script] : []), ...(withToday ? [today] : [])];
	return { title: titleOf(size), contestants: [nodes, ...others] };
}

function todaysSteps(address: string): Step[] {
	const response = { response: { responseFormat: 'file' } };
	return [
		{
			name: 'Download',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: address, options: { response } },
		},
		{
			name: 'Extract',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation: 'csv', options: {} },
		},
		{
			name: 'Convert',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'csv', options: { headerRow: false } },
		},
	];
}

const titleOf = (size: number): string => `${count(size)} codes`;

function codesOf(item: unknown): unknown {
	if (typeof item !== 'object' || item === null || !('list' in item)) return undefined;
	const { list } = item;
	return typeof list === 'object' && list !== null && 'codes' in list ? list.codes : undefined;
}

const SIZES: Readonly<Record<Extent, readonly number[]>> = {
	quick: [1_000_000],
	usual: [1_000_000, 5_000_000],
	full: [1_000_000, 5_000_000, 20_000_000],
};

function remarks(results: Results): Remarks {
	const broken = SIZES.full.flatMap((size) => {
		const taken = resultOf(results, titleOf(size), NODES)?.memory;
		const allowed = MOST_MEMORY + BYTES_A_CODE * size;
		if (taken === undefined || taken <= allowed) return [];
		return [`${titleOf(size)} took ${memory(taken)}, more than ${memory(allowed)}`];
	});
	return { lines: [], broken };
}

export const codeList: Case = {
	name: 'codes',
	title: 'A promotion code list for Braze',
	explanation:
		'The nodes have the export made, download it, drop the header and repeated codes, and write the list. The others are given the address of the finished export, and Convert to File leaves repeated codes in and puts a byte-order mark before the first one. Above 16,777,216 codes, the script fails: no Set holds more.',
	races: async (bench, extent) => {
		const races: Race[] = [];
		for (const size of SIZES[extent])
			races.push(await race(bench, size, size <= 1_000_000 && extent !== 'quick'));
		return races;
	},
	remarks,
};
