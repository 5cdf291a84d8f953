import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import type { IDataObject } from 'n8n-workflow';
import { BrazeTrigger } from '../../nodes/BrazeTrigger/BrazeTrigger.node';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startServer, type Answer, type ScriptedServer } from '../nodes/scripted-server.mts';
import { failureOf } from '../nodes/voucherify.mts';
import { serveTrigger } from '../nodes/webhook-server.mts';
import { accommodating } from './hostile-service.mts';
import { PUBLISHED_RUNS, runPublished, SECRETS, type PublishedRun } from './published-operations.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
const LEVELS = 100_000;
const deepText = `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`;
const deepList = `${'['.repeat(LEVELS)}1${']'.repeat(LEVELS)}`;
const deep = (): IDataObject => JSON.parse(deepText) as IDataObject;

function published(operation: string): PublishedRun {
	const run = PUBLISHED_RUNS.find((one) => one.name === operation);
	if (run === undefined) throw new Error(`There is no ${operation}`);
	return run;
}

/** Whether a failure is told as a person would tell it. */
function isPlain({ message, description }: IDataObject): boolean {
	const said = `${String(message)} ${String(description ?? '')}`;
	return !/call stack|RangeError|TypeError|circular|is not a function/i.test(said);
}

let server: ScriptedServer;
let script: () => Answer | undefined;
beforeAll(async () => {
	server = await startServer((request) => script() ?? accommodating(request));
});
beforeEach(() => {
	script = () => undefined;
});
afterAll(async () => await server.close());

describe(`What is nested ${LEVELS} levels deep fails its item alone, in plain words:`, () => {
	test.each([
		['user.track', {}],
		['customer.upsert', { fields: { metadata: '={{ $json.deep }}' } }],
		['customer.upsertBulk', {}],
		['voucher.import', { settings: { metadata: '={{ $json.deep }}' } }],
		['order.importInBulk', { order: { amount: 1, metadata: '={{ $json.deep }}' } }],
		['catalogItem.create', { values: '={{ $json.deep }}' }],
		['event.track', { options: { metadata: '={{ $json.deep }}' } }],
	])('a field of an item in %s', async (operation, parameters) => {
		const run = published(operation);
		const shallow = { ...run.items[0]?.json, tier: 'gold', deep: { a: 1 } };
		const items = [
			{ json: shallow },
			{ json: { ...shallow, external_id: 'x', metadata: deep(), deep: deep() } },
			{ json: shallow },
		];
		const result = await runPublished(run, server.url, {
			parameters: { ...run.parameters, ...parameters },
			items,
			onError: 'continueErrorOutput',
		});
		const failures = result.failed.map((item) => failureOf(item));
		expect([result.items.length, failures.length, result.error]).toEqual([2, 1, undefined]);
		expect(failures[0]?.message).toBe('The data is nested too deeply');
		expect(failures[0]?.uncertain).toBeUndefined();
		expect(server.received.every(({ body }) => body.length < 10_000)).toBe(true);
		tally.count('deep fields of items', 1);
	});

	test.each([
		['object', deepText],
		['list', deepList],
	])('a JSON %s in a parameter', async (_kind, text) => {
		const run = published('customer.upsert');
		server.received.length = 0;
		const { failed } = await runPublished(run, server.url, {
			parameters: { ...run.parameters, fields: { metadata: text } },
			onError: 'continueErrorOutput',
		});
		const [failure] = failed.map((item) => failureOf(item));
		expect(failure?.message).toMatch(/nested too deeply|"Metadata" is/);
		expect([failure?.uncertain, server.received]).toEqual([undefined, []]);
		tally.count('deep parameters', 1);
	});

	test.each([
		[200, undefined],
		[400, 400],
		[500, 500],
	])('an answer with status %s', async (status, told) => {
		for (const operation of [
			'voucher.get',
			'user.track',
			'user.exportIds',
			'voucher.getAll',
			'apiCall.send',
		]) {
			for (const body of [deepText, `{"message": ${deepText}, "data": ${deepText}, "errors": ${deepList}}`]) {
				script = () => ({ status, body, headers: { 'content-type': 'application/json' } });
				const { items, failed } = await runPublished(published(operation), server.url, {
					onError: 'continueErrorOutput',
				});
				const failures = failed.map((item) => failureOf(item));
				expect(items.length + failures.length).toBe(1);
				expect(failures.filter((failure) => !isPlain(failure))).toEqual([]);
				if (told !== undefined) expect(failures.map((failure) => failure.status)).toEqual([told]);
				tally.count('deep answers', 1);
			}
		}
	});

	test('a webhook', async () => {
		const secret = SECRETS.webhookSecret;
		const voucherify = await serveTrigger({
			node: new VoucherifyTrigger(),
			parameters: { events: ['*'] },
			credentials: { voucherifyApi: { applicationId: 'app', ...SECRETS } },
		});
		const braze = await serveTrigger({
			node: new BrazeTrigger(),
			parameters: { receive: 'webhook' },
			credentials: { brazeApi: { apiKey: 'key', webhookSecret: 'a long random text' } },
		});
		try {
			for (const body of [deepText, deepList, '{"a":'.repeat(LEVELS), '['.repeat(3 * LEVELS)]) {
				const signature = createHmac('sha256', secret).update(body).digest('hex');
				for (const headers of [
					{ 'x-voucherify-signature': signature, 'x-braze-secret': 'a long random text' },
					{ 'x-voucherify-signature': '0'.repeat(64), 'x-braze-secret': 'guessed' },
				]) {
					for (const { url } of [voucherify, braze]) {
						const { status } = await fetch(url, {
							method: 'POST',
							body,
							headers: { 'content-type': 'application/json', ...headers },
						});
						expect([200, 400, 401]).toContain(status);
						expect(status === 401).toBe(headers['x-braze-secret'] === 'guessed');
						tally.count('deep webhooks', 1);
					}
				}
			}
		} finally {
			await voucherify.close();
			await braze.close();
		}
	});
});

describe('An answer that is larger than it should be ends its request, and not n8n:', () => {
	let endless: Server;
	let url: string;
	/** What the service wrote until its connection was closed, in bytes. */
	let written: Array<Promise<number>>;
	let respond: (response: ServerResponse) => void;
	beforeAll(async () => {
		endless = createServer({ maxHeaderSize: 1024 * 1024 }, (request, response) => {
			request.resume();
			respond(response);
		});
		endless.listen(0, '127.0.0.1');
		await once(endless, 'listening');
		url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
	});
	beforeEach(() => {
		written = [];
	});
	afterAll(() => {
		endless.closeAllConnections();
		endless.close();
	});

	/** Writes a piece every few ms until the other side hangs up. */
	function trickle(response: ServerResponse): void {
		let sent = 0;
		const more = setInterval(() => {
			sent += 1000;
			response.write('x'.repeat(1000));
		}, 5);
		written.push(
			once(response, 'close').then(() => {
				clearInterval(more);
				return sent;
			}),
		);
	}

	test.each([
		[
			'without end',
			(response: ServerResponse) => void response.writeHead(200, { 'content-type': 'application/json' }),
		],
		[
			'announced as 1 GB',
			(response: ServerResponse) => void response.writeHead(200, { 'content-length': 1e9 }),
		],
		['without end, of an error', (response: ServerResponse) => void response.writeHead(500)],
	])('%s', async (_kind, head) => {
		respond = (response) => {
			head(response);
			trickle(response);
		};
		for (const operation of ['voucher.get', 'user.track', 'apiCall.send']) {
			const { failed } = await runPublished(published(operation), url, {
				requestSettings: { tries: 1, timeout: 1, longestWait: 0 },
				onError: 'continueErrorOutput',
			});
			expect(failed.map((item) => failureOf(item).message)).toEqual([
				expect.stringContaining('it did not answer in time'),
			]);
			// The connection is closed: else this waits until the test is out of time.
			expect(await written.at(-1)).toBeGreaterThan(0);
			tally.count('answers without end', 1);
		}
	});

	test.each([
		['as it is', undefined],
		['compressed', 'gzip'],
	])('of more than 64 MB, %s', async (_how, encoding) => {
		const megabyte = Buffer.alloc(1024 * 1024, ' ');
		respond = (response) => {
			if (encoding !== undefined) response.setHeader('content-encoding', encoding);
			const written = encoding === undefined ? response : createGzip();
			if (written !== response) written.pipe(response);
			const all = Readable.from(Array.from({ length: 200 }, () => megabyte));
			all.pipe(written).on('error', () => all.destroy());
		};
		const { failed } = await runPublished(published('voucher.get'), url, {
			requestSettings: { tries: 1, timeout: 20, longestWait: 0 },
			onError: 'continueErrorOutput',
		});
		expect(failed.map((item) => failureOf(item).message)).toEqual([expect.stringContaining('64 MB')]);
		tally.count('answers of more than 64 MB', 1);
	});

	test('and one that is compressed is read like any other', async () => {
		respond = (response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			response.end(gzipSync('\uFEFF{"id": "v_1", "code": "CODE-1"}'));
		};
		const run = published('voucher.get');
		const parameters = { ...run.parameters, simple: false };
		const { items } = await runPublished(run, url, { parameters });
		expect(items.map(({ json }) => json)).toEqual([{ id: 'v_1', code: 'CODE-1' }]);
	});

	test.each([
		['many headers', 5000, 20],
		['one long header', 1, 500_000],
	])('%s', async (_kind, count, length) => {
		respond = (response) => {
			for (let n = 0; n < count; n++) response.setHeader(`x-header-${n}`, 'x'.repeat(length));
			response.end('{}');
		};
		for (const operation of ['voucher.get', 'user.track']) {
			const { failed } = await runPublished(published(operation), url, {
				requestSettings: { tries: 1, timeout: 5, longestWait: 0 },
				onError: 'continueErrorOutput',
			});
			expect(failed.map((item) => failureOf(item)).filter(isPlain).length).toBe(1);
			tally.count('answers with too many headers', 1);
		}
	});

	test('with numbers that are no numbers', async () => {
		const numbers = ['1e400', '-1e400', '9'.repeat(5000), '1e-400', '1E308', '-0', 'NaN', 'Infinity', '0x10'];
		for (const number of numbers) {
			for (const status of [200, 429, 503]) {
				respond = (response) => {
					const headers = [
						'retry-after',
						'x-rate-limit-retry',
						'x-rate-limit-remaining',
						'x-ratelimit-reset',
					];
					for (const name of [...headers, 'x-ratelimit-remaining', 'x-ratelimit-retry-after'])
						response.setHeader(name, number);
					response.writeHead(status, { 'content-type': 'application/json' });
					response.end(`{"total": ${number}, "id": ${number}, "vouchers": [], "message": "success"}`);
				};
				for (const operation of ['voucher.get', 'voucher.getAll', 'user.track']) {
					const { items, failed, error } = await runPublished(published(operation), url, {
						requestSettings: { tries: 2, timeout: 5, longestWait: 0.01 },
						onError: 'continueErrorOutput',
					});
					expect(error).toBeUndefined();
					expect(items.length + failed.length).toBeLessThanOrEqual(1);
					expect(failed.map((item) => failureOf(item)).every(isPlain)).toBe(true);
					tally.count('huge numbers in answers', 1);
				}
			}
		}
	}, 60_000);
});
