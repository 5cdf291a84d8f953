import type { INodeExecutionData } from 'n8n-workflow';
import { Failure, InvalidInput } from '../../nodes/common/failure';
import { inBatches, ofAllItems, perItem, type Batching } from '../../nodes/common/operation';
import { asRecord } from '../../nodes/common/record';
import { path } from '../../nodes/common/urlPath';
import { described, numbered, runScratch } from './scratch-node.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;
let script: (request: Received) => Answer;

beforeEach(async () => {
	script = () => ({});
	server = await startServer((request) => script(request));
});
afterEach(async () => await server.close());

/** Sends each item by itself; items with `bad` are refused by the node, those with `refused` by the server. */
const each = perItem({
	...described,
	read: ({ json }) => {
		if (json.bad === true) throw new InvalidInput('N', 'is bad', 'Enter a good one.');
		return json;
	},
	run: async (json, { client }) => {
		const { body } = await client.send({ method: 'POST', path: path`/things/${Number(json.n)}`, body: json });
		return [{ json: { answered: body } as never }];
	},
});

/** Sends items together, three in a request; says of each by itself what became of it. */
const together = inBatches({
	...described,
	open: (): Batching => ({
		limits: { combined: 3, perLane: 3, bytes: 100_000 },
		read: ({ json, index }) => {
			if (json.bad === true) throw new InvalidInput('N', 'is bad', 'Enter a good one.');
			return [{ owner: index, lane: 'things', text: JSON.stringify(json) }];
		},
		send: async (parts, { client }) => {
			await client.send({
				method: 'POST',
				path: '/batch',
				body: `[${parts.map(({ text }) => text).join()}]`,
			});
			return parts.map(({ text }) =>
				text.includes('"refused":true')
					? new Failure({ message: 'Refused by the server', status: 400 })
					: undefined,
			);
		},
	}),
});

const refuseThose = ({ body }: Received): Answer =>
	body.startsWith('{') && body.includes('"refused":true')
		? { status: 400, body: { message: 'no', code: 'refused' } }
		: { body: { ok: true } };

const nOf = ({ json }: INodeExecutionData) => json.n;
const reasonOf = ({ json }: INodeExecutionData) => asRecord(json.error)?.message;
const pairOf = ({ pairedItem }: INodeExecutionData) => pairedItem;

/** Ten items: 2 and 3 are refused by the node, 5 by the server. */
const mixed = numbered(10, (n) => ({
	n,
	...(n === 2 || n === 3 ? { bad: true } : {}),
	...(n === 5 ? { refused: true } : {}),
}));
const refusedByServer = numbered(10, (n) => (n === 5 ? { n, refused: true } : { n }));

describe.each([
	['one by one', each],
	['in batches', together],
])('1. Every input item ends exactly once (%s)', (_kind, operation) => {
	beforeEach(() => {
		script = refuseThose;
	});

	test('with "Continue (using error output)", good ones come out in order and bad ones go to the error output with their own reason', async () => {
		const { items, failed, error } = await runScratch(operation, {
			url: server.url,
			input: mixed,
			onError: 'continueErrorOutput',
		});
		expect(error).toBeUndefined();
		expect(items.map(pairOf)).toEqual([0, 1, 4, 6, 7, 8, 9].map((item) => ({ item })));
		expect(failed.map(pairOf)).toEqual([2, 3, 5].map((item) => ({ item })));
		expect(failed.map(nOf)).toEqual([2, 3, 5]);
		expect(failed[0]?.json.error).toEqual({ message: '"N" is bad', description: 'Enter a good one.' });
		expect(failed[2]?.json.error).toMatchObject({ status: 400 });
	});

	test('with "Continue", all come out of the one output, in input order', async () => {
		const { items, error } = await runScratch(operation, {
			url: server.url,
			input: mixed,
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(items.map(pairOf)).toEqual(mixed.map((_, item) => ({ item })));
		expect(items.flatMap(({ json }, at) => (json.error ? [at] : []))).toEqual([2, 3, 5]);
		expect(items[3]?.json).toEqual({
			n: 3,
			bad: true,
			error: { message: '"N" is bad', description: 'Enter a good one.' },
		});
	});

	test('with "Stop", bad input stops it before anything is sent, and names all bad items', async () => {
		const { items, error } = await runScratch(operation, { url: server.url, input: mixed });
		expect(server.received).toEqual([]);
		expect(items).toEqual([]);
		expect(error?.message).toBe('"N" is bad [item 2]. Nothing was sent. Items 2–3 all have problems.');
		expect(error?.description).toBe('Enter a good one.');
		expect(error?.context.itemIndex).toBe(2);
	});

	test('with "Stop", the error names the item, what had succeeded and what was not started', async () => {
		const { error } = await runScratch(operation, {
			url: server.url,
			input: refusedByServer,
			settings: { concurrency: 1 },
		});
		expect(error?.message).toContain(
			' [item 5]. 5 items had already succeeded (0–4), 4 items were not started.',
		);
		expect(error?.context.itemIndex).toBe(5);
		expect(error?.httpCode).toBe('400');
	});
});

describe('1. Every input item ends exactly once (and then)', () => {
	test('a failure of the whole run, such as a setting out of range, fails every item of a node that continues', async () => {
		const { items, failed } = await runScratch(each, {
			url: server.url,
			input: numbered(3),
			settings: { tries: 99 },
			onError: 'continueErrorOutput',
		});
		expect(items).toEqual([]);
		expect(failed.map(pairOf)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(failed[0]?.json.error).toMatchObject({ message: '"Tries" is 99' });
		expect(server.received).toEqual([]);
	});

	test('and stops a node that stops, once for all', async () => {
		const { error } = await runScratch(each, {
			url: server.url,
			input: numbered(3),
			settings: { tries: 'many' },
		});
		expect(error?.message).toBe('"Tries" is "many". Nothing was sent.');
		expect(error?.description).toBe('Enter a number from 1 to 20.');
	});

	test('so does an operation that cannot be opened, and one that the node does not have', async () => {
		const shut = inBatches({
			...described,
			open: () => {
				throw new InvalidInput('Send', 'is empty', 'Choose something.');
			},
		});
		const closed = await runScratch(shut, { input: numbered(2), onError: 'continueErrorOutput' });
		expect(closed.failed.map(reasonOf)).toEqual(['"Send" is empty', '"Send" is empty']);
		expect(closed.items).toEqual([]);
		const gone = await runScratch(each, {
			input: numbered(2),
			onError: 'continueErrorOutput',
			parameters: { operation: 'vanish' },
		});
		expect(gone.items).toEqual([]);
		expect(gone.failed).toHaveLength(2);
		expect(gone.failed.map(reasonOf)[0]).toBe(
			'This version of the node has no operation "vanish" of "thing"',
		);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'"Retry on Fail" does not run a node again that continues (%s)',
		async (onError) => {
			script = refuseThose;
			const { items, failed } = await runScratch(each, {
				url: server.url,
				input: [{ n: 0, refused: true, error: 'of old' }, { n: 1 }],
				onError,
				retryOnFail: true,
			});
			expect(server.received.map((request) => request.path)).toEqual(['/things/0', '/things/1']);
			expect(items.length + failed.length).toBe(2);
			const first = [...failed, ...items].find(({ json }) => json.error !== undefined);
			expect(first?.json.error).toBe('Scratch says: no [item 0]');
			expect(first?.pairedItem).toEqual({ item: 0 });
		},
	);

	test('nor one whose first item carries an error of its own and was sent', async () => {
		const { items } = await runScratch(together, {
			url: server.url,
			input: [{ error: 'of old' }, { error: 'stays' }],
			retryOnFail: true,
		});
		expect(server.received).toHaveLength(1);
		expect(items.map(({ json }) => json)).toEqual([{ originalError: 'of old' }, { error: 'stays' }]);
	});

	test('the output of one that makes one result of all items is paired with all that went into it, and the failed are told', async () => {
		const sum = ofAllItems({
			...described,
			offline: true,
			read: ({ json }) => {
				if (json.bad === true) throw new InvalidInput('N', 'is bad', 'Enter a good one.');
				return Number(json.n);
			},
			run: async (numbers) => [{ json: { sum: numbers.reduce((left, right) => left + right, 0) } }],
		});
		const { items, failed } = await runScratch(sum, { input: mixed, onError: 'continueErrorOutput' });
		expect(items).toEqual([
			{ json: { sum: 40 }, pairedItem: [0, 1, 4, 5, 6, 7, 8, 9].map((item) => ({ item })) },
		]);
		expect(failed.map(nOf)).toEqual([2, 3]);
		const none = await runScratch(sum, { input: [{ bad: true }], onError: 'continueErrorOutput' });
		expect(none.items).toEqual([]);
		expect(none.failed).toHaveLength(1);
	});

	test('when one that makes one result of all items fails, all of them fail', async () => {
		const fail = ofAllItems({
			...described,
			offline: true,
			read: () => undefined,
			run: async () => {
				throw new Failure({ message: 'It did not work' });
			},
		});
		const { failed } = await runScratch(fail, { input: numbered(3), onError: 'continueErrorOutput' });
		expect(failed.map(pairOf)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const { error } = await runScratch(fail, { input: numbered(3) });
		expect(error?.message).toBe(
			'It did not work [item 0]. No other item had succeeded, 2 more items failed.',
		);
	});

	test('what is made once for all items fails all of them when it fails, and is tried once', async () => {
		let made = 0;
		const once = perItem({
			...described,
			offline: true,
			read: () => undefined,
			run: async (_input, run) => {
				await run.once('campaign', async () => {
					made++;
					throw new Failure({ message: 'No such campaign' });
				});
				return [];
			},
		});
		const { failed } = await runScratch(once, { input: numbered(5), onError: 'continueErrorOutput' });
		expect(failed.map(reasonOf)).toEqual(Array(5).fill('No such campaign'));
		expect(made).toBe(1);
	});

	test('items keep keys that JavaScript has a use for', async () => {
		script = refuseThose;
		const item = (refused: boolean): INodeExecutionData => {
			const json: unknown = JSON.parse(
				`{"n":1,"refused":${refused},"__proto__":{"polluted":true},"constructor":"x"}`,
			);
			return { json: json as never, pairedItem: { item: 0 } };
		};
		const good = await runScratch(together, { url: server.url, items: [item(false)] });
		expect(server.received[0]?.body).toContain('"__proto__":{"polluted":true}');
		expect(Object.keys(good.items[0]?.json ?? {})).toContain('__proto__');
		const bad = await runScratch(together, {
			url: server.url,
			items: [item(true)],
			onError: 'continueRegularOutput',
		});
		expect(bad.items[0]?.json.constructor).toBe('x');
		expect(Object.hasOwn(bad.items[0]?.json ?? {}, '__proto__')).toBe(true);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('2. Input order is output order', () => {
	test('whatever order 60 answers come in', async () => {
		// Delays that look random and are the same each time.
		script = ({ path: asked }) => ({ after: (Number(asked.split('/').pop()) * 37) % 23, body: { asked } });
		const { items } = await runScratch(each, { url: server.url, input: numbered(60) });
		expect(items.map(pairOf)).toEqual(numbered(60).map((_, item) => ({ item })));
		items.forEach((item, n) => expect(item.json).toEqual({ answered: { asked: `/things/${n}` } }));
		const arrival = server.received.map(({ path: asked }) => asked);
		expect(new Set(arrival).size).toBe(60);
		expect(server.mostAtOnce).toBeGreaterThan(1);
	});
});
