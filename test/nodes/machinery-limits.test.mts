import { perItem } from '../../nodes/common/operation';
import { described, numbered, runScratch } from './scratch-node.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;
let script: (request: Received) => Answer;

beforeEach(async () => {
	script = () => ({});
	server = await startServer((request) => script(request));
});
afterEach(async () => await server.close());

const send = perItem({
	...described,
	read: ({ json }) => json,
	run: async (body, { client }) => {
		await client.send({ method: 'POST', path: '/things', body, repeatable: true });
		return [{ json: {} }];
	},
});

describe('4. Rate limits are used, not hit', () => {
	test.each([
		['eight', {}, 8],
		['as many as the user says', { concurrency: 3 }, 3],
		['one', { concurrency: 1 }, 1],
	])('%s requests are under way at once, and no more', async (_much, settings, most) => {
		script = () => ({ after: 15 });
		const { error } = await runScratch(send, { url: server.url, input: numbered(40), settings });
		expect(error).toBeUndefined();
		expect(server.received).toHaveLength(40);
		expect(server.mostAtOnce).toBe(most);
	});

	test('the first request goes by itself: its answer tells whether the key is good and how much is left', async () => {
		script = () => ({ status: 401, body: { message: 'who?' }, after: 10 });
		const { error } = await runScratch(send, { url: server.url, input: numbered(1000) });
		expect(error?.message).toMatch(/^Scratch says: who\? \[item 0\]\. No other item had succeeded/);
		// The others under way at once had their places already, and started before the first one had stopped the run.
		expect(server.received.length).toBeLessThanOrEqual(8);
		expect(server.received[0]?.atOnce).toBe(1);
	});

	test('within a window no more is sent than it has room for, however many run at once', async () => {
		const allowed = 10;
		let window = { ends: 0, used: 0 };
		let refused = 0;
		// As a service that counts counts: each request of a window, and a 429 for those beyond.
		script = () => {
			const now = Date.now();
			if (now >= window.ends) window = { ends: now + 300, used: 0 };
			window.used++;
			const headers = {
				'x-remaining': String(Math.max(0, allowed - window.used)),
				'x-resets-in': String((window.ends - now) / 1000),
			};
			if (window.used <= allowed) return { headers, after: window.used % 3 };
			refused++;
			return { status: 429, headers };
		};
		const { items, error, hints } = await runScratch(send, {
			url: server.url,
			input: numbered(45),
			settings: { longestWait: 10, concurrency: 16 },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(45);
		expect(refused).toBe(0);
		expect(server.received).toHaveLength(45);
		expect(server.mostAtOnce).toBeGreaterThan(1);
		expect(hints[0]?.message).toContain('of which requests waited');
	});

	test('a window that is used up for longer than the user waits fails the rest at once, and says until when', async () => {
		script = ({ before }) => ({ headers: { 'x-remaining': String(2 - before), 'x-resets-in': '1800' } });
		const { items, failed } = await runScratch(send, {
			url: server.url,
			input: numbered(30),
			onError: 'continueErrorOutput',
		});
		expect(server.received).toHaveLength(3);
		expect(items).toHaveLength(3);
		expect(failed).toHaveLength(27);
		expect(failed[0]?.json.error).toMatchObject({ description: expect.stringMatching(/alone for 1800 s/) });
	});

	test('a 429 holds back all requests, not only the one that it met', async () => {
		let freeAt = 0;
		let early = 0;
		script = ({ before }) => {
			if (before < 3) return { after: 5 };
			if (before === 3) {
				freeAt = Date.now() + 300;
				return { status: 429, headers: { 'retry-after': '0.3' } };
			}
			// What was under way when the 429 was on its way back could not know of it.
			if (Date.now() < freeAt - 5 && before > 3 + 8) early++;
			return {};
		};
		const { items } = await runScratch(send, {
			url: server.url,
			input: numbered(30),
			settings: { longestWait: 10 },
		});
		expect(items).toHaveLength(30);
		expect(early).toBe(0);
	});

	test('requests keep the distance that the user’s own limit asks for', async () => {
		const arrivals: number[] = [];
		script = () => {
			arrivals.push(Date.now());
			return {};
		};
		const { items } = await runScratch(send, {
			url: server.url,
			input: numbered(6),
			settings: { perMinute: 600 },
		});
		expect(items).toHaveLength(6);
		// 600 a minute are one in 100 ms; timers may be late, and arrivals bunch up by as much.
		expect((arrivals[5] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(400);
	});
});
