import type { INodeParameters } from 'n8n-workflow';
import { perItem } from '../../nodes/common/operation';
import type { ApiRequest } from '../../nodes/common/request';
import { asRecord } from '../../nodes/common/record';
import { wait } from '../../nodes/common/wait';
import type { NodeRun } from './n8n.mts';
import { described, numbered, runScratch, type ScratchSetup } from './scratch-node.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;
let script: (request: Received) => Answer;

beforeEach(async () => {
	script = () => ({});
	server = await startServer((request) => script(request));
});
afterEach(async () => await server.close());

const sending = (request: Partial<ApiRequest>) =>
	perItem({
		...described,
		read: ({ json }) => json,
		run: async (json, { client }) => {
			const { body, errorCode } = await client.send({
				method: 'POST',
				path: '/things',
				body: json,
				...request,
			});
			return [{ json: { ...asRecord(body), ...(errorCode === undefined ? {} : { errorCode }) } }];
		},
	});
const question = sending({ method: 'GET', body: undefined });
const repeatable = sending({ repeatable: true });
const once = sending({});

/** Answers in turn; the last one again and again. */
const inTurn =
	(...answers: readonly Answer[]) =>
	({ before }: Received): Answer =>
		answers[Math.min(before, answers.length - 1)] ?? {};

async function run(
	operation: ReturnType<typeof sending>,
	settings: INodeParameters = {},
	setup: ScratchSetup = {},
): Promise<NodeRun> {
	return await runScratch(operation, { url: server.url, input: [{ n: 0 }], settings, ...setup });
}

const good: Answer = { body: { done: true } };
const past = (ms: number) => new Date(Date.now() + ms).toUTCString();

/** What a service may say or do that makes another try worthwhile, and whether it certainly did not act on the request. */
const setbacks: ReadonlyArray<readonly [string, () => Answer, boolean]> = [
	['429 without a word on when to come back', () => ({ status: 429 }), true],
	['429 with Retry-After in seconds', () => ({ status: 429, headers: { 'retry-after': '0.02' } }), true],
	['429 with Retry-After as a date', () => ({ status: 429, headers: { 'retry-after': past(20) } }), true],
	['429 with a header of its own', () => ({ status: 429, headers: { 'x-retry-in': '0.02' } }), true],
	['429 whose window ends soon', () => ({ status: 429, headers: { 'x-resets-in': '0.02' } }), true],
	['502 where it means that nothing was read', () => ({ status: 502 }), true],
	['500', () => ({ status: 500 }), false],
	['503', () => ({ status: 503 }), false],
	['503 with Retry-After', () => ({ status: 503, headers: { 'retry-after': '0.02' } }), false],
	['504', () => ({ status: 504, body: '<html>Gateway time-out</html>' }), false],
	['a reset before the answer', () => 'reset', false],
	[
		'a reset in the middle of the answer',
		() => ({ body: { done: true, more: 'x'.repeat(100) }, breakAfter: 20 }),
		false,
	],
	['an answer that is no JSON', () => ({ body: '<html>Welcome to the proxy</html>' }), false],
	[
		'an answer that was cut off',
		() => ({ body: '{"done": tr', headers: { 'content-type': 'application/json' } }),
		false,
	],
];

describe.each(setbacks)('3. After %s', (_what, setback, certain) => {
	test.each([
		['a question', question],
		['a request that may be repeated', repeatable],
	])('%s is sent again', async (_kind, operation) => {
		script = inTurn(setback(), setback(), good);
		const { items, error, hints } = await run(operation);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ done: true }]);
		expect(server.received).toHaveLength(3);
		expect(hints[0]?.message).toContain('2 requests had to be tried again');
	});

	test(`what could take effect twice is ${certain ? 'sent again' : 'not sent again, and the error leaves the doubt'}`, async () => {
		script = inTurn(setback(), good);
		const { items, error } = await run(once);
		if (certain) {
			expect(items.map(({ json }) => json)).toEqual([{ done: true }]);
			expect(server.received).toHaveLength(2);
		} else {
			expect(server.received).toHaveLength(1);
			expect(error?.description).toContain('may have acted on the request');
		}
	});
});

describe('3. Retries happen inside, per request', () => {
	test('as often as the user allows', async () => {
		script = () => ({ status: 503, body: { message: 'down' } });
		const { error } = await run(question, { tries: 3 });
		expect(server.received).toHaveLength(3);
		expect(error?.message).toBe('Scratch says: down');
		expect(error?.httpCode).toBe('503');
		expect(error?.description).toBe('(GET /things answered 503)');
	});

	test('five times when the user has not said', async () => {
		script = () => 'reset';
		await run(question);
		expect(server.received).toHaveLength(5);
	});

	test('a host where nothing listens is tried again by all, for nothing can have arrived', async () => {
		let tries = 0;
		const { error } = await run(
			once,
			{ tries: 3 },
			{
				url: 'http://127.0.0.1:9',
				prepare: ({ helpers }) => {
					const original = helpers.httpRequestWithAuthentication;
					helpers.httpRequestWithAuthentication = async function (...args) {
						tries++;
						return await original.apply(this, args);
					};
				},
			},
		);
		expect(tries).toBe(3);
		expect(error?.message).toBe('Scratch could not be reached at 127.0.0.1:9: nothing listens there');
		expect(error?.description).not.toContain('may have acted');
	});

	test('a name that does not exist is not asked for again', async () => {
		const { error, hints } = await run(
			question,
			{},
			{
				url: 'http://no-such-host.invalid',
				onError: 'continueRegularOutput',
			},
		);
		expect(error).toBeUndefined();
		expect(hints[0]?.message).toContain('1 item in 1 request,');
	});

	test.each([400, 401, 403, 404, 409, 422])('a refusal (%d) is final', async (status) => {
		script = () => ({ status, body: { message: 'no' } });
		const { error } = await run(repeatable);
		expect(server.received).toHaveLength(1);
		expect(error?.message).toBe('Scratch says: no');
		expect(error?.httpCode).toBe(String(status));
		expect(error?.description).not.toContain('may have acted');
	});

	test('a refusal that the operation takes for an answer is one', async () => {
		script = () => ({ status: 409, body: { code: 'exists', id: 7 } });
		const { items } = await run(sending({ accept: ['exists'] }));
		expect(items[0]?.json).toEqual({ code: 'exists', id: 7, errorCode: 'exists' });
	});

	test('an answer without a body is an answer', async () => {
		script = () => ({ status: 204, headers: { 'content-length': '0' }, body: '' });
		const { items, error } = await run(once);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	test('a service that asks for more than the longest wait fails at once, with how long it asks for', async () => {
		script = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: { message: 'quota used up' } });
		const { error } = await run(repeatable, { longestWait: 30 });
		expect(server.received).toHaveLength(1);
		expect(error?.message).toBe('Scratch says: quota used up');
		expect(error?.description).toMatch(
			/Scratch wants to be left alone for 36\d\d s, and the longest wait is 30 s: run it later, or raise "Longest Wait"/,
		);
	});

	test('and is not asked again for the items that follow', async () => {
		script = () => ({ status: 429, headers: { 'retry-after': '3600' } });
		const { failed } = await run(repeatable, {}, { input: numbered(50), onError: 'continueErrorOutput' });
		expect(failed).toHaveLength(50);
		expect(server.received).toHaveLength(1);
		expect(asRecord(failed[49]?.json.error)).toMatchObject({
			message: 'The rate limit of Scratch is used up',
			status: 429,
			description: expect.stringContaining('left alone for'),
		});
	});

	test('what the rate limit says in the headers of another problem is not waited for', async () => {
		script = inTurn({ status: 500, headers: { 'x-remaining': '90', 'x-resets-in': '3000' } }, good);
		const { items } = await run(repeatable);
		expect(items).toHaveLength(1);
	});

	test('a request without an answer counts as lost after the time that the user set', async () => {
		script = inTurn('silence', good);
		const { items } = await run(repeatable, { timeout: 1 });
		expect(items).toHaveLength(1);
		expect(server.received).toHaveLength(2);
	});

	test('so does one whose answer stops in the middle, and what could take effect twice is left in doubt', async () => {
		script = () => ({ body: { done: true, more: 'x'.repeat(100) }, stallAfter: 20 });
		const { error } = await run(once, { timeout: 1 });
		expect(server.received).toHaveLength(1);
		expect(error?.message).toMatch(
			/^Scratch could not be reached at 127\.0\.0\.1:\d+: it did not answer in time$/,
		);
		expect(error?.description).toContain('may have acted');
	});

	test('a compressed answer that was cut off is not waited for without end', async () => {
		const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
		script = inTurn({ body: 'no gzip at all', headers }, good);
		const { items } = await run(repeatable, { timeout: 1 });
		expect(items).toHaveLength(1);
	});
});

describe('3. Cancelling the execution', () => {
	/** Cancels when the server has had so many requests. */
	const cancelAfter = (requests: number) => {
		let cancel = (): void => {};
		const reached = { requests: 0 };
		return {
			started: (how: () => void) => {
				cancel = how;
			},
			arrived: () => {
				if (++reached.requests === requests) cancel();
			},
		};
	};

	test('stops a wait at once, and says so', async () => {
		const { started, arrived } = cancelAfter(1);
		script = () => {
			setTimeout(arrived, 50);
			return { status: 429, headers: { 'retry-after': '600' } };
		};
		const { run: ended } = await run(repeatable, { longestWait: 3600 }, { started, input: numbered(20) });
		expect(ended.status).toBe('canceled');
		expect(server.received).toHaveLength(1);
	});

	test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'stops requests at once and starts no other (%s)',
		async (onError) => {
			const { started, arrived } = cancelAfter(3);
			script = ({ path }) => {
				arrived();
				return path === '/things' && server.received.length < 3 ? good : 'silence';
			};
			const { run: ended } = await run(once, { concurrency: 4 }, { started, input: numbered(100), onError });
			expect(ended.status).toBe('canceled');
			// Four at once: those that were under way when it was cancelled, and no more.
			expect(server.received.length).toBeLessThanOrEqual(6);
			await server.quiet();
			expect(server.abandoned).toBeGreaterThan(0);
		},
	);

	test('stops a wait inside an operation', async () => {
		let cancel = (): void => {};
		const waiting = perItem({
			...described,
			offline: true,
			read: () => undefined,
			run: async (_input, { signal }) => {
				setTimeout(() => cancel(), 20);
				await wait(600_000, signal);
				return [];
			},
		});
		const { run: ended } = await runScratch(waiting, {
			started: (how) => {
				cancel = how;
			},
		});
		expect(ended.status).toBe('canceled');
	});
});
