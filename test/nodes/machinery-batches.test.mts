import { Failure, InvalidInput } from '../../nodes/common/failure';
import { inRequests } from '../../nodes/common/batches';
import { inBatches, type Batching, type Prepared } from '../../nodes/common/operation';
import { bodyOf, type Limits, type Part } from '../../nodes/common/packing';
import { asRecord } from '../../nodes/common/record';
import { described, numbered, runScratch } from './scratch-node.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;
let script: (request: Received) => Answer;

beforeEach(async () => {
	script = () => ({});
	server = await startServer((request) => script(request));
});
afterEach(async () => await server.close());

interface Sent {
	readonly id: string;
	readonly user: string;
}

/** The objects of a request as the server got them, lane by lane. */
function lanesOf({ body }: Received): Record<string, Sent[]> {
	return JSON.parse(body) as Record<string, Sent[]>;
}

const idsOf = (request: Received) =>
	Object.values(lanesOf(request))
		.flat()
		.map(({ id }) => id);

/**
 * Sends the objects of each item (`objects`: how many, `user`: whose, `lane`), and takes the server's word on which ones failed:
 * `{"failed": ["3.0"]}`.
 */
const batches = (limits: Partial<Limits> = {}, more: Partial<Batching> = {}) =>
	inBatches({
		...described,
		open: (): Batching => ({
			limits: { combined: 4, perLane: 3, bytes: 100_000, ...limits },
			read: ({ json, index }) => {
				if (json.bad === true) throw new InvalidInput('N', 'is bad', 'Enter a good one.');
				const user = String(json.user ?? `user-${index}`);
				return numbered(Number(json.objects ?? 1), (object) => ({ id: `${index}.${object}`, user })).map(
					(object) => ({
						owner: index,
						lane: String(json.lane ?? 'attributes'),
						text: JSON.stringify(object),
						key: user,
					}),
				);
			},
			send: async (parts, { client, count }) => {
				const { body } = await client.send({
					method: 'POST',
					path: '/batch',
					body: bodyOf(parts),
					repeatable: true,
				});
				const failed = asRecord(body)?.failed;
				count('objects', parts.length);
				return parts.map(({ text }) => {
					const { id } = JSON.parse(text) as Sent;
					return Array.isArray(failed) && failed.some((one) => String(one) === id)
						? new Failure({ message: `${id} was refused`, status: 201 })
						: undefined;
				});
			},
			...more,
		}),
	});

describe('6. Items are packed into as few requests as the limits allow', () => {
	test('no request is over a limit, nothing is sent twice, and items come out in order', async () => {
		const input = numbered(40, (n) => ({ n, objects: n % 4, lane: n % 3 === 0 ? 'events' : 'attributes' }));
		const { items, error, hints } = await runScratch(batches(), { url: server.url, input });
		expect(error).toBeUndefined();
		for (const request of server.received) {
			const lanes = Object.values(lanesOf(request));
			expect(lanes.flat().length).toBeLessThanOrEqual(4);
			for (const lane of lanes) expect(lane.length).toBeLessThanOrEqual(3);
		}
		const sent = server.received.flatMap(idsOf);
		expect(sent).toHaveLength(60);
		expect(new Set(sent).size).toBe(60);
		expect(items.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual(
			input.map((_, item) => [item, { item }]),
		);
		expect(hints[0]?.message).toContain('60 objects.');
	});

	test('an item without anything to send passes through', async () => {
		const { items, error } = await runScratch(batches(), { url: server.url, input: [{ n: 0, objects: 0 }] });
		expect(error).toBeUndefined();
		expect(items).toEqual([{ json: { n: 0, objects: 0 }, pairedItem: { item: 0 } }]);
		expect(server.received).toEqual([]);
	});
});

describe('6. A request that is too large is halved until it passes', () => {
	const tooLarge =
		(most: number) =>
		(request: Received): Answer =>
			idsOf(request).length > most ? { status: 413 } : {};

	test('and every object arrives once, in order', async () => {
		script = tooLarge(3);
		const limits = { combined: 16, perLane: 16 };
		const { items, error } = await runScratch(batches(limits), { url: server.url, input: numbered(16) });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(16);
		const passed = server.received.filter((request) => idsOf(request).length <= 3).flatMap(idsOf);
		expect(passed).toEqual(numbered(16).map((_, n) => `${n}.0`));
	});

	test('and one that is too large by itself fails alone', async () => {
		script = (request) =>
			idsOf(request).includes('5.0') ? { status: 413, body: { message: 'too large' } } : {};
		const limits = { combined: 16, perLane: 16 };
		const { items, failed } = await runScratch(batches(limits), {
			url: server.url,
			input: numbered(16),
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(15);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 5 }]);
		expect(failed[0]?.json.error).toMatchObject({ message: 'Scratch says: too large', status: 413 });
	});
});

describe('6. A preparation says of each object what is sent', () => {
	// Reads which objects are wanted, two at once: those of odd items are not, that of item 2 is another, and item 4 can't be read.
	const prepare: Batching['prepare'] = async (parts, { client }, pace) => {
		const prepared = new Map<Part, Prepared>();
		await inRequests(
			parts,
			{ combined: 2, perLane: 2, bytes: 100_000 },
			pace,
			async (some) => {
				await client.send({ method: 'POST', path: '/question', body: bodyOf(some), repeatable: true });
				return some.map(({ owner }) => owner % 2 === 0);
			},
			(part, wanted) => {
				if (wanted === true) {
					const text = part.owner === 2 ? JSON.stringify({ id: 'another' }) : part.text;
					prepared.set(part, { kind: 'send', part: { ...part, text } });
				} else if (wanted instanceof Failure) prepared.set(part, { kind: 'failed', failure: wanted });
				else prepared.set(part, { kind: 'unneeded' });
			},
		);
		return parts.map((part) => prepared.get(part));
	};
	const sent = () => server.received.filter(({ path }) => path === '/batch').flatMap(idsOf);
	const cannotRead = (id: string) => (request: Received) =>
		request.path === '/question' && idsOf(request).includes(id)
			? { status: 400, body: { message: 'unreadable' } }
			: {};

	test('it, another in its place, or nothing; and they are packed after that', async () => {
		const { items, error } = await runScratch(batches({}, { prepare }), {
			url: server.url,
			input: numbered(8),
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.n)).toEqual(numbered(8, (n) => n));
		expect(sent().sort()).toEqual(['0.0', '4.0', '6.0', 'another']);
		expect(server.received.filter(({ path }) => path === '/question')).toHaveLength(4);
		expect(server.received.filter(({ path }) => path === '/batch')).toHaveLength(2);
	});

	test('or its item fails for its own reason, and sends nothing of its other objects either', async () => {
		script = cannotRead('4.1');
		const { items, failed } = await runScratch(batches({}, { prepare }), {
			url: server.url,
			input: numbered(6, () => ({ objects: 3 })),
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(5);
		expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.objectContaining({ message: 'Scratch says: unreadable' }), { item: 4 }],
		]);
		expect(sent().filter((id) => id.startsWith('4'))).toEqual([]);
		expect(sent()).toHaveLength(6);
	});

	test('and when the node stops, nothing is sent', async () => {
		script = cannotRead('2.0');
		const { error } = await runScratch(batches({}, { prepare }), { url: server.url, input: numbered(9) });
		expect(error?.message).toContain('unreadable [item 2]');
		expect(sent()).toEqual([]);
	});

	test('and one that breaks down fails every item', async () => {
		const breakDown = (): never => {
			throw new Failure({ message: 'broken' });
		};
		const { failed } = await runScratch(batches({}, { prepare: breakDown }), {
			url: server.url,
			input: numbered(3),
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ json }) => json.error)).toEqual(numbered(3, () => ({ message: 'broken' })));
		expect(sent()).toEqual([]);
	});
});

describe('6. Objects of one user never overtake each other', () => {
	test('however long each request takes', async () => {
		const input = numbered(60, (n) => ({ user: `user-${n % 5}` }));
		const underWay = new Map<string, number>();
		let together = 0;
		script = (request) => {
			const users = new Set(lanesOf(request).attributes?.map(({ user }) => user));
			for (const user of users) {
				underWay.set(user, (underWay.get(user) ?? 0) + 1);
				together = Math.max(together, underWay.get(user) ?? 0);
			}
			const after = (request.before * 29) % 17;
			// The server's own end of the request, before the client can know of it.
			setTimeout(() => users.forEach((user) => underWay.set(user, (underWay.get(user) ?? 1) - 1)), after);
			return { after: after + 1 };
		};
		const { items } = await runScratch(batches({ combined: 3, perLane: 3 }), { url: server.url, input });
		expect(items).toHaveLength(60);
		expect(together).toBe(1);
		for (let user = 0; user < 5; user++) {
			const order = server.received
				.flatMap((request) => lanesOf(request).attributes ?? [])
				.filter((object) => object.user === `user-${user}`)
				.map(({ id }) => Number(id));
			expect(order).toEqual([...order].sort((left, right) => left - right));
		}
	});

	test('while those of others run side by side', async () => {
		script = () => ({ after: 15 });
		await runScratch(batches({ combined: 1, perLane: 1 }), { url: server.url, input: numbered(20) });
		expect(server.mostAtOnce).toBe(8);
	});

	test('not even when one is halved', async () => {
		const input = numbered(8, () => ({ user: 'one' }));
		script = (request) => (idsOf(request).length > 1 ? { status: 413 } : { after: 3 });
		await runScratch(batches({ combined: 4, perLane: 4 }), { url: server.url, input });
		const passed = server.received.filter((request) => idsOf(request).length === 1).flatMap(idsOf);
		expect(passed).toEqual(numbered(8).map((_, n) => `${n}.0`));
	});
});

describe('6. Partial success is told apart item by item', () => {
	test('an item that owns several objects fails when one of them fails', async () => {
		// Item 1 owns objects in two requests; the one in the second is refused.
		script = (request) => ({ body: { failed: idsOf(request).filter((id) => id === '1.3') } });
		const input = [{ objects: 2 }, { objects: 4 }, { objects: 1 }];
		const { items, failed } = await runScratch(batches(), {
			url: server.url,
			input,
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[{ message: '1.3 was refused', status: 201 }, { item: 1 }],
		]);
	});

	test('a request that fails fails the items it carried, and no others', async () => {
		script = (request) =>
			idsOf(request).includes('4.0') ? { status: 400, body: { message: 'bad batch' } } : {};
		const { items, failed } = await runScratch(batches(), {
			url: server.url,
			input: numbered(9),
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([3, 4, 5].map((item) => ({ item })));
		expect(items).toHaveLength(6);
	});

	test('a summary counts items, and the failed come out by themselves', async () => {
		script = (request) => ({ body: { failed: idsOf(request).filter((id) => id === '4.0') } });
		const summary: Batching['summary'] = ({ items, succeeded, failed, requests, counts }) => ({
			items,
			succeeded,
			failed,
			requests,
			objects: counts.get('objects') ?? 0,
		});
		const { items, failed } = await runScratch(batches({}, { summary }), {
			url: server.url,
			input: numbered(9, (n) => (n === 7 ? { bad: true } : {})),
			onError: 'continueErrorOutput',
		});
		expect(items).toEqual([
			{
				json: { items: 9, succeeded: 7, failed: 2, requests: 3, objects: 8 },
				pairedItem: [0, 1, 2, 3, 5, 6, 8].map((item) => ({ item })),
			},
		]);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 4 }, { item: 7 }]);
	});
});

describe('6. A run that stops', () => {
	test('sends nothing more of what waited for the request that stopped it', async () => {
		script = () => ({ status: 400, body: { message: 'no' }, after: 10 });
		const input = numbered(12, () => ({ user: 'one' }));
		const { error } = await runScratch(batches(), { url: server.url, input });
		expect(server.received).toHaveLength(1);
		expect(error?.message).toBe(
			'Scratch says: no [item 0]. No other item had succeeded, 2 more items failed, 9 items were not started.',
		);
	});

	test('nor of the other half of one that was too large', async () => {
		script = (request) =>
			idsOf(request).length > 2 ? { status: 413 } : { status: 400, body: { message: 'no' } };
		const { error } = await runScratch(batches({ combined: 4, perLane: 4 }), {
			url: server.url,
			input: numbered(4),
		});
		expect(server.received).toHaveLength(2);
		expect(error?.message).toContain('2 items were not started.');
	});

	test('counts an item of which one object failed among the failed, whatever became of its others', async () => {
		// One request at a time, of three objects: 0.0 1.0 1.1 | 1.2 2.0 2.1 | …; the second one is refused.
		script = ({ before }) => (before === 1 ? { status: 400, body: { message: 'no' } } : {});
		const input = [{ objects: 1 }, { objects: 3 }, { objects: 4 }, { objects: 1 }];
		const { error } = await runScratch(batches({ combined: 3, perLane: 3 }), {
			url: server.url,
			input,
			settings: { concurrency: 1 },
		});
		expect(server.received).toHaveLength(2);
		expect(error?.message).toBe(
			'Scratch says: no [item 1]. 1 item had already succeeded (0), 1 more item failed, 1 item was not started.',
		);
	});

	test('tells items that were sent in part from those that were not started', async () => {
		// 0.0 0.1 0.2 | 1.0 1.1 1.2 (slow) | 1.3 2.0 2.1 (waits for the one before) | 3.0 3.1 3.2 (refused)
		script = (request) => {
			if (idsOf(request).includes('1.0')) return { after: 80 };
			return idsOf(request).includes('3.0') ? { status: 400, body: { message: 'no' } } : {};
		};
		const { error } = await runScratch(batches({ combined: 3, perLane: 3 }), {
			url: server.url,
			input: [{ objects: 3 }, { objects: 4 }, { objects: 2 }, { objects: 3 }],
		});
		expect(server.received).toHaveLength(3);
		expect(error?.message).toBe(
			'Scratch says: no [item 3]. 1 item had already succeeded (0), 1 item was sent in part (1), 1 item was not started.',
		);
	});

	test('because it was cancelled says so', async () => {
		let cancel = (): void => {};
		script = ({ before }) => {
			if (before === 1) cancel();
			return {};
		};
		const { run } = await runScratch(batches({ combined: 3, perLane: 3 }), {
			url: server.url,
			input: numbered(30, () => ({ user: 'one' })),
			started: (how) => {
				cancel = how;
			},
		});
		expect(run.status).toBe('canceled');
		expect(run.data.resultData.error?.message).toBe(
			'The execution was canceled [item 3]. 3 items had already succeeded (0–2), 2 more items failed, 24 items were not started.',
		);
		expect(server.received).toHaveLength(2);
	});
});
