// What somebody would write who needs no n8n: axios, kept connections, batches, several requests at once. The practical limit.
import { createWriteStream } from 'node:fs';
import { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import axios from 'axios';
import type { Fields } from '../items.mts';

/** What a script does. */
export type Job =
	| { readonly kind: 'track'; readonly url: string; readonly key: string; readonly count: number }
	| { readonly kind: 'publish'; readonly url: string; readonly headers: Headers; readonly count: number }
	| {
			readonly kind: 'distribute';
			readonly url: string;
			readonly headers: Headers;
			readonly braze: { readonly url: string; readonly key: string };
			readonly count: number;
	  }
	| { readonly kind: 'codes'; readonly url: string; readonly file: string };

type Headers = Readonly<Record<string, string>>;

const BATCH = 75;
const CONCURRENCY = 8;

/** Connections are kept within a job; a service closes those that lie idle between two. */
const connect = () => axios.create({ httpAgent: new Agent({ keepAlive: true, maxSockets: CONCURRENCY }) });

let http = connect();

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function track(braze: { url: string; key: string }, attributes: readonly Fields[]): Promise<void> {
	await inParallel(Math.ceil(attributes.length / BATCH), async (index) => {
		const batch = attributes.slice(index * BATCH, (index + 1) * BATCH);
		await http.post(
			`${braze.url}/users/track`,
			{ attributes: batch },
			{ headers: { authorization: `Bearer ${braze.key}` } },
		);
	});
}

interface Published {
	readonly customer: { readonly source_id: string };
	readonly voucher: { readonly code: string; readonly expiration_date?: string };
}

async function publish(
	{ url, headers }: { url: string; headers: Headers },
	customers: readonly Fields[],
): Promise<Published[]> {
	const published: Published[] = [];
	await inParallel(customers.length, async (index) => {
		const id = customers[index]?.['external_id'];
		const body = {
			customer: { source_id: id },
			campaign: { name: 'Summer Sale 20%' },
			source_id: `bench-${id}`,
		};
		const { data } = await http.post<Published>(`${url}/v1/publications`, body, { headers });
		published.push(data);
	});
	return published;
}

/** Header and repeated codes out, one code a row. */
async function codes(url: string, file: string): Promise<void> {
	const seen = new Set<string>();
	const { data } = await http.get<Readable>(url, { responseType: 'stream' });
	await pipeline(
		data.setEncoding('latin1'),
		async function* (source: AsyncIterable<string>): AsyncGenerator<string> {
			let rest = '';
			let isHeader = true;
			for await (const chunk of source) {
				const lines = (rest + chunk).split('\n');
				rest = lines.pop() ?? '';
				if (isHeader) lines.shift();
				isHeader = false;
				const fresh = lines.filter((line) => !seen.has(line) && seen.add(line));
				if (fresh.length > 0) yield `${fresh.join('\n')}\n`;
			}
			if (rest !== '' && !seen.has(rest)) yield `${rest}\n`;
		},
		createWriteStream(file),
	);
}

/** Does a job. */
export async function run(job: Job, given: readonly Fields[]): Promise<void> {
	http = connect();
	switch (job.kind) {
		case 'track':
			return await track(job, given);
		case 'publish':
			await publish(job, given);
			return undefined;
		case 'distribute': {
			const published = await publish(job, given);
			const attributes = published.map(({ customer, voucher }) => ({
				external_id: customer.source_id,
				voucherify_code: voucher.code,
				voucherify_expiry: voucher.expiration_date ?? null,
			}));
			return await track(job.braze, attributes);
		}
		case 'codes':
			return await codes(job.url, job.file);
	}
}
