import { appendFileSync, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IBinaryData } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import { engine, runNode, type NodeRun } from './n8n.mts';
import { fileOf } from './binary.mts';

/** What is to be sent, in the environment as JSON. */
interface Task {
	readonly url: string;
	readonly apiKey: string;
	readonly rows: number;
	/** Every so many rows one is bad. */
	readonly badEvery: number;
	readonly objectLimit: string;
	/** Where to say what it came to. */
	readonly report: string;
}

const task = JSON.parse(process.env['TASK'] ?? '') as Task;

/** Writes a CSV file of rows, some of them bad, and gives it to n8n, which keeps it on disk. */
async function stored(rows: number): Promise<IBinaryData> {
	const folder = mkdtempSync(join(tmpdir(), 'rows-'));
	const path = join(folder, 'users.csv');
	const file = createWriteStream(path);
	let text = 'external_id,first_name,loyalty_tier,score,note\n';
	for (let row = 1; row <= rows; row++) {
		const score = row % task.badEvery === 0 ? 'bad' : row % 1000;
		const note = row % 10 === 0 ? `"a, ""b""\n${row}"` : `note ${row}`;
		text += `user-${row},Ada ${row % 97},gold,${score},${note}\n`;
		if (text.length < 1 << 20) continue;
		if (!file.write(text)) await once(file, 'drain');
		text = '';
	}
	file.end(text);
	await once(file, 'close');
	const { core } = await engine();
	const { Container } = await import('@n8n/di');
	const location = { type: 'execution', workflowId: 'workflow', executionId: '1' } as const;
	const about = { data: '', mimeType: 'text/csv', fileName: 'users.csv' };
	const data = await Container.get(core.BinaryDataService).copyBinaryFile(location, about, path);
	rmSync(folder, { recursive: true });
	return data;
}

async function send(data: IBinaryData): Promise<NodeRun> {
	return await runNode({
		node: new Braze(),
		parameters: {
			resource: 'user',
			operation: 'trackFromFile',
			options: { objectLimit: task.objectLimit, numberColumns: 'score' },
		},
		items: [{ json: {}, binary: { data } }],
		credentials: {
			brazeApi: { instance: 'custom', baseUrl: task.url, apiKey: task.apiKey, webhookSecret: '' },
		},
		credentialTypes: [new BrazeApi()],
	});
}

async function main(): Promise<void> {
	const data = await stored(task.rows);
	// So that what grows is what the file needs, and not what loading the code does.
	await send(await stored(2_000));
	const before = process.memoryUsage().rss;
	let highest = before;
	const watch = setInterval(() => {
		highest = Math.max(highest, process.memoryUsage.rss());
		if (process.env['MEM']) {
			const m = process.memoryUsage();
			appendFileSync(
				process.env['MEM'],
				Object.values(m)
					.map((x) => Math.round(x / 1e6))
					.join(' ') + '\n',
			);
		}
	}, 20);
	const started = Date.now();
	const cpu = process.cpuUsage();
	const { items, error, hints } = await send(data);
	const { user, system } = process.cpuUsage(cpu);
	clearInterval(watch);
	const report = {
		error: error?.message,
		description: error?.description,
		json: items[0]?.json,
		hints: hints.map(({ message }) => message),
		rejected:
			items[0]?.binary?.['rejected'] === undefined ? '' : (await fileOf(items[0], 'rejected')).toString(),
		seconds: (Date.now() - started) / 1000,
		cpuSeconds: (user + system) / 1e6,
		before: Math.round(before / 1e6),
		growth: Math.round((highest - before) / 1e6),
	};
	writeFileSync(task.report, JSON.stringify(report));
}

test('a file is sent in a process of its own', main, 600_000);
