// Sends a file in a process of its own, so that a test can tell how much memory that takes. It goes through jest because n8n-workflow
// only loads as CommonJS; its name keeps it out of the tests that jest finds by itself.
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IBinaryData } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import { fileOf } from './binary.mts';
import { engine, runNode, type NodeRun } from './n8n.mts';
import type { FileReport, FileTask } from './track-file-task.mts';

const task = JSON.parse(process.env['TASK'] ?? '{}') as FileTask;

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
	const { url, apiKey, objectLimit } = task;
	return await runNode({
		node: new Braze(),
		parameters: {
			resource: 'user',
			operation: 'trackFromFile',
			options: { objectLimit, numberColumns: 'score' },
		},
		items: [{ json: {}, binary: { data } }],
		credentials: { brazeApi: { instance: 'custom', baseUrl: url, apiKey, webhookSecret: '' } },
		credentialTypes: [new BrazeApi()],
	});
}

test('the file is sent', async () => {
	const data = await stored(task.rows);
	// So that what grows is what the file needs, and not what loading the code does.
	await send(await stored(2_000));
	globalThis.gc?.();
	const heap = process.memoryUsage().heapUsed;
	const before = process.memoryUsage.rss();
	let highest = before;
	const watch = setInterval(() => {
		highest = Math.max(highest, process.memoryUsage.rss());
	}, 20);
	const started = Date.now();
	const { items, error } = await send(data);
	clearInterval(watch);
	expect(error).toBeUndefined();
	const report: FileReport = {
		json: items[0]?.json ?? {},
		rejected: (await fileOf(items[0], 'rejected')).toString(),
		growth: highest - before,
		heap,
		took: Date.now() - started,
	};
	writeFileSync(task.report, JSON.stringify(report));
}, 600_000);
