import type { IExecuteFunctions } from 'n8n-workflow';
import { inBatches, perItem, type Batching } from '../../nodes/common/operation';
import { asRecord } from '../../nodes/common/record';
import { numbered, described, KEY, runScratch } from './scratch-node.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;
let foreign: ScriptedServer;
let script: (request: Received) => Answer;
let foreignScript: (request: Received) => Answer;

beforeEach(async () => {
	script = () => ({});
	foreignScript = () => ({});
	server = await startServer((request) => script(request));
	foreign = await startServer((request) => foreignScript(request), '127.0.0.2');
});
afterEach(async () => {
	await server.close();
	await foreign.close();
});

const send = perItem({
	...described,
	read: ({ json }) => json,
	run: async (body, { client }) => {
		const answer = await client.send({ method: 'POST', path: '/things', body, repeatable: true });
		return [{ json: { ...asRecord(answer.body) } }];
	},
});

const together = inBatches({
	...described,
	open: (): Batching => ({
		limits: { combined: 10, perLane: 10, bytes: 10_000 },
		read: ({ index }) => [{ owner: index, lane: 'things', text: '{}' }],
		send: async (_parts, { client }) => {
			await client.send({ method: 'POST', path: '/batch', body: '[]' });
			return [];
		},
	}),
});

/** Everything in which the key may be written: as it is, and as URLs, forms, JSON, HTML and base64 write it. */
const writings: ReadonlyArray<readonly [string, string]> = [
	['as it is', KEY],
	['for a URL', encodeURIComponent(KEY)],
	['for a URL in small letters', encodeURIComponent(KEY).replace(/%../g, (escape) => escape.toLowerCase())],
	['for a form', new URLSearchParams({ key: KEY }).toString().slice('key='.length)],
	['for JSON', JSON.stringify(KEY).slice(1, -1)],
	['for JSON with escaped slashes', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
	[
		'for HTML',
		KEY.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
	],
	['in base64', Buffer.from(KEY).toString('base64')],
	['in base64 behind a name', Buffer.from(`user:${KEY}`).toString('base64')],
];

/** Recognises a piece of the key in what a user can see. */
function holdsKey(text: string): boolean {
	const pieces = [
		'sk_live',
		'slash=end',
		'slash%3D',
		'quote',
		Buffer.from(KEY).toString('base64').slice(4, 16),
	];
	const wrapped = Buffer.from(`user:${KEY}`).toString('base64').slice(12, 24);
	return [...pieces, wrapped].some((piece) => text.toLowerCase().includes(piece.toLowerCase()));
}

/** Collects what a run writes into the log. */
function logging(): { readonly lines: string[]; prepare(functions: IExecuteFunctions): void } {
	const lines: string[] = [];
	const line = (message: string, more?: unknown) => lines.push(`${message} ${JSON.stringify(more)}`);
	const logger = { error: line, warn: line, info: line, debug: line };
	return {
		lines,
		prepare: (functions) => void Object.defineProperty(functions, 'logger', { value: logger }),
	};
}

const places: ReadonlyArray<readonly [string, (written: string) => Answer]> = [
	[
		'the message of a refusal',
		(written) => ({ status: 400, body: { message: `Key ${written} is wrong`, code: 'wrong' } }),
	],
	[
		'the name of a field',
		(written) => ({ status: 403, body: { message: 'no', [written]: { seen: [written] } } }),
	],
	['the code of a refusal', (written) => ({ status: 422, body: { message: 'no', code: written } })],
	['a page of HTML', (written) => ({ status: 500, body: `<p>${written}</p>` })],
	['a page that should have been JSON', (written) => ({ body: `<p>${written}</p>` })],
	[
		'a page whose start is shown, where the key is cut in two',
		(written) => ({ body: `${'.'.repeat(190)}${written}` }),
	],
	[
		'a header',
		(written) => ({ status: 401, headers: { 'x-echo': encodeURI(written) }, body: { message: 'no' } }),
	],
	[
		'a redirect',
		(written) => ({
			status: 302,
			headers: { location: `http://127.0.0.1:9/?key=${encodeURI(written)}` },
			body: { location: written },
		}),
	],
	[
		'the reason phrase of a limit',
		(written) => ({ status: 429, headers: { 'retry-after': '0.004' }, body: { message: written } }),
	],
	[
		'an answer that was cut off',
		(written) => ({ body: { message: written, more: 'x'.repeat(300) }, breakAfter: 200 }),
	],
];

describe.each(places)('7. A service that shows the key in %s', (_place, answer) => {
	test.each(writings)('written %s never gets it into what a user sees', async (_how, written) => {
		script = () => answer(written);
		const log = logging();
		for (const operation of [send, together]) {
			for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
				const asked = server.received.length;
				const { run, error, hints, items, failed } = await runScratch(operation, {
					url: server.url,
					input: numbered(2),
					settings: { tries: 2, longestWait: 0.005 },
					onError,
					prepare: log.prepare,
				});
				// The service was asked, and what it said was a failure.
				expect(server.received.length).toBeGreaterThan(asked);
				expect(error ?? [...items, ...failed].find(({ json }) => json.error)).toBeDefined();
				const seen = JSON.stringify([run, error?.message, error?.description, error?.stack, hints]);
				expect(holdsKey(seen)).toBe(false);
			}
		}
		expect(server.received.every(({ headers }) => headers['x-key'] === encodeURIComponent(KEY))).toBe(true);
		expect(holdsKey(log.lines.join('\n'))).toBe(false);
	});
});

describe('7. Keys stay with the service', () => {
	const download = perItem({
		...described,
		read: ({ json }) => String(json.url),
		run: async (url, { client, files }) => {
			const trusted = (host: string): boolean => host === 'files.scratch.example';
			const file = await files.write(await client.download(url, trusted), 'file.csv', 'text/csv');
			return [{ json: { size: file.fileSize ?? '', bytes: file.bytes ?? 0 }, binary: { file } }];
		},
	});
	const csv = 'code\n'.repeat(1000);

	test('a redirect is not followed, with or without keys', async () => {
		script = () => ({ status: 307, headers: { location: `${foreign.url}/things` } });
		const { error } = await runScratch(send, { url: server.url });
		expect(foreign.received).toEqual([]);
		expect(error?.message).toBe('Scratch has moved, or the URL in its credential is not the one of the API');
	});

	test('a download from the service goes with the key', async () => {
		script = () => ({ body: csv });
		const { items } = await runScratch(download, {
			url: server.url,
			input: [{ url: `${server.url}/file?token=one` }],
		});
		expect(items[0]?.json.bytes).toBe(5000);
		expect(server.received[0]?.headers['x-key']).toBe(encodeURIComponent(KEY));
	});

	test('its redirect to a foreign host is followed without the key', async () => {
		script = () => ({ status: 302, headers: { location: `${foreign.url}/stored.csv` } });
		foreignScript = () => ({ body: csv });
		const { items, error } = await runScratch(download, {
			url: server.url,
			input: [{ url: `${server.url}/file` }],
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.bytes).toBe(5000);
		expect(foreign.received).toHaveLength(1);
		expect(foreign.received[0]?.headers['x-key']).toBeUndefined();
		expect(holdsKey(JSON.stringify(foreign.received))).toBe(false);
	});

	test('a foreign host gets no key in the first place, and a trusted one only over https', async () => {
		foreignScript = () => ({ body: csv });
		await runScratch(download, { url: server.url, input: [{ url: `${foreign.url}/file` }] });
		expect(foreign.received.map(({ headers }) => headers['x-key'])).toEqual([undefined]);
		const seen: unknown[] = [];
		await runScratch(download, {
			url: server.url,
			input: [{ url: 'http://files.scratch.example/file' }],
			settings: { tries: 1 },
			prepare: ({ helpers }) => {
				helpers.httpRequestWithAuthentication = async (...args) => void seen.push(args);
			},
		});
		expect(seen).toEqual([]);
	});

	test('a redirect that never ends, or to nowhere, ends the download', async () => {
		script = () => ({ status: 302, headers: { location: '/file' } });
		const round = await runScratch(download, { url: server.url, input: [{ url: `${server.url}/file` }] });
		expect(round.error?.message).toBe('Scratch sent the download from host to host without end');
		script = () => ({ status: 302, headers: { location: 'http://' } });
		const nowhere = await runScratch(download, { url: server.url, input: [{ url: `${server.url}/file` }] });
		expect(nowhere.error?.message).toBe('Scratch gave no usable address for the download');
	});

	test('what a refused download says is told without the key', async () => {
		script = () => ({ status: 403, body: { message: `no ${KEY}`, token: KEY } });
		const { error, run } = await runScratch(download, {
			url: server.url,
			input: [{ url: `${server.url}/file?token=once-only` }],
		});
		expect(error?.message).toBe('Scratch says: no [hidden]');
		expect(holdsKey(JSON.stringify([run.data.resultData.error]))).toBe(false);
		expect(error?.description).not.toContain('once-only');
	});

	test('a download that cannot start is tried again; one that breaks off or stalls fails and says so', async () => {
		script = ({ before }) => (before === 0 ? { status: 503 } : { body: csv });
		const again = await runScratch(download, { url: server.url, input: [{ url: `${server.url}/file` }] });
		expect(again.items[0]?.json.bytes).toBe(5000);
		script = () => ({ body: csv, breakAfter: 2000 });
		const broken = await runScratch(download, { url: server.url, input: [{ url: `${server.url}/broken` }] });
		expect(broken.error?.message).toBe(
			`The download from ${new URL(server.url).host} broke off before its end`,
		);
		script = () => ({ body: csv, stallAfter: 2000 });
		const stalled = await runScratch(download, {
			url: server.url,
			input: [{ url: `${server.url}/stalled` }],
			settings: { timeout: 1 },
		});
		expect(stalled.error?.message).toContain('broke off before its end');
		expect(stalled.error?.description).toContain('nothing came for 1 s');
		expect(stalled.items).toEqual([]);
	});

	test.each([
		['from the service', () => server],
		['from a foreign host', () => foreign],
	])('a download %s is stopped at once when the execution is cancelled', async (_where, host) => {
		let cancel = (): void => {};
		script = foreignScript = () => {
			setTimeout(() => cancel(), 50);
			return { body: csv, stallAfter: 2000 };
		};
		const { run } = await runScratch(download, {
			url: server.url,
			input: [{ url: `${host().url}/file` }],
			started: (how) => {
				cancel = how;
			},
		});
		expect(run.status).toBe('canceled');
		await host().quiet();
	});
});
