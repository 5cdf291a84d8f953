import { BrazeState } from '../../sandbox/braze/state.mts';
import { Clock } from '../../sandbox/common/clock.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from '../sandbox/braze-call.mts';
import type { BrazeCase as Case } from './braze-case.mts';
import { BRAZE_CONTRACT, BrazeContract } from './braze-contract.mts';
import { CONTENT_REFUSED, contentTaken } from './braze-content-cases.mts';
import { SENDING_REFUSED, SENDING_TAKEN } from './braze-sending-cases.mts';
import { USERS_REFUSED, USERS_TAKEN } from './braze-user-cases.mts';
import { describeWithContract } from './contract.mts';

/** Requests a minute; more than any test here makes but the one that wants to be stopped. */
const QUOTA = 60;
const TIME = '2026-01-01T00:00:00Z';
const OBJECT = {
	external_id: 'u',
	first_name: 'Ada',
	code: 'A',
	nested: { a: 1 },
	tags: { add: ['x'] },
	gone: null,
};
const EVENT = { external_id: 'u', name: 'visit', time: TIME, properties: { page: 'home' } };
const PURCHASE = { external_id: 'u', product_id: 'p', currency: 'EUR', price: 10, quantity: 2, time: TIME };
const LARGE = { attributes: [{ external_id: 'u', a: 'x'.repeat(4 * 1024 * 1024) }] };

const TRACK = { method: 'POST', path: '/users/track' } as const;
const BULK = { method: 'POST', path: '/users/track/bulk' } as const;
const SYNC = { method: 'POST', path: '/users/track/sync' } as const;
const EXPORT = { method: 'POST', path: '/users/export/ids' } as const;
const LISTS = [
	'/custom_attributes',
	'/events/list',
	'/campaigns/list',
	'/canvas/list',
	'/segments/list',
	'/catalogs',
];

/** The same seed gives the same IDs. */
const SEEDED_BLOCK = new BrazeState(new Clock(), 1).contentBlocks.ids()[0] ?? '';

/** Requests that the contract allows. */
const TAKEN: readonly Case[] = [
	{
		...TRACK,
		name: 'all arrays',
		body: { attributes: [OBJECT], events: [EVENT], purchases: [PURCHASE] },
		status: 201,
	},
	{ ...BULK, name: '100 objects', body: { attributes: Array(100).fill(OBJECT) }, status: 201 },
	{ ...SYNC, name: 'attributes', body: { attributes: [OBJECT] }, status: 201 },
	{ ...SYNC, name: 'an event', body: { events: [EVENT] }, status: 201 },
	{ ...SYNC, name: 'a purchase', body: { purchases: [PURCHASE] }, status: 201 },
	{
		...SYNC,
		name: 'nobody',
		body: { attributes: [{ external_id: 'x', _update_existing_only: true }] },
		status: 201,
	},
	{ ...EXPORT, name: 'one found, one not', body: { external_ids: ['u', 'nobody'] }, status: 200 },
	{
		...EXPORT,
		name: 'some fields',
		body: { external_ids: ['u'], fields_to_export: ['custom_events'] },
		status: 200,
	},
	...LISTS.map((path): Case => ({ method: 'GET', path, name: 'everything', status: 200 })),
	...USERS_TAKEN,
	...SENDING_TAKEN,
	...contentTaken(SEEDED_BLOCK),
];

/** Requests that it does not allow. */
const REFUSED: readonly Case[] = [
	{ ...TRACK, name: 'an object without a user', body: { attributes: [OBJECT, { a: 1 }] }, status: 201 },
	{ ...TRACK, name: 'nothing valid', body: { attributes: [{ a: 1 }] }, status: 400 },
	{ ...TRACK, name: 'nothing', body: { attributes: [] }, status: 400 },
	{ ...TRACK, name: '76 objects', body: { attributes: Array(76).fill(OBJECT) }, status: 400 },
	{ ...TRACK, name: 'broken JSON', body: '{', status: 400 },
	{ ...TRACK, name: 'more than 4 MB', body: LARGE, status: 413 },
	{ ...BULK, name: '1,001 objects', body: { attributes: Array(1001).fill(OBJECT) }, status: 400 },
	{ ...SYNC, name: 'nothing', body: {}, status: 400 },
	{ ...EXPORT, name: 'nobody', body: {}, status: 400 },
	...USERS_REFUSED,
	...SENDING_REFUSED,
	...CONTENT_REFUSED,
];

/** Each operation that the sandbox serves, once. */
const SERVED = [
	...new Map(
		TAKEN.map(({ method, path, url = path }) => [`${method} ${path}`, { method, path, url }]),
	).values(),
];

describeWithContract(BRAZE_CONTRACT, "Braze's contract", () => {
	let contract: BrazeContract;
	let sandbox: Sandbox;
	let call: BrazeCall;

	beforeAll(async () => {
		contract = new BrazeContract();
		sandbox = await startSandbox({ brazeRateLimit: QUOTA, clock: new Date('2026-06-01T12:00:00Z') });
		call = brazeCall(sandbox);
	});
	beforeEach(async () => {
		sandbox.reset();
		await call('POST', '/users/track', { attributes: [OBJECT], events: [EVENT], purchases: [PURCHASE] });
	});
	afterAll(() => sandbox.close());

	test.each(TAKEN)('allows $method $path with $name, and the answer conforms', async (request) => {
		const { method, path, url = path, body, status } = request;
		if (body !== undefined) expect(contract.problemsOfRequest(method, path, body)).toBe('');
		const answer = await call(method, url, body);
		expect(answer.status).toBe(status);
		expect(contract.problemsOfAnswer(method, path, answer)).toBe('');
	});

	test.each(REFUSED)('does not allow $method $path with $name, and the answer conforms', async (request) => {
		const { method, path, url = path, body, status } = request;
		if (body !== undefined) expect(contract.problemsOfRequest(method, path, body)).not.toBe('');
		const answer = await call(method, url, body);
		expect(answer.status).toBe(status);
		// Only answers to requests that got as far as the quota carry its headers.
		if (status !== 413) expect(answer.headers).toHaveProperty('x-ratelimit-limit');
		expect(contract.problemsOfAnswer(method, path, answer)).toBe('');
	});

	test.each(SERVED)(
		'foresees every way in which $method $path turns a request away',
		async ({ method, path, url }) => {
			const body = method === 'GET' ? undefined : {};
			const conforming = async (status: number, headers?: Record<string, string>) => {
				const answer = await call(method, url, body, headers);
				expect(answer.status).toBe(status);
				expect(contract.problemsOfAnswer(method, path, answer)).toBe('');
			};
			await conforming(401, { Authorization: 'Bearer no-such-key' });
			sandbox.braze.state.keys.add({ key: 'no-permissions', permissions: [] });
			await conforming(403, { Authorization: 'Bearer no-permissions' });
			if (contract.takesBody(method, path)) await conforming(415, { 'Content-Type': 'text/plain' });
			sandbox.faults.add({
				service: 'braze',
				kind: 'status',
				status: 503,
				body: { message: 'Try later' },
				times: 1,
			});
			await conforming(503);
			await Promise.all(Array.from({ length: QUOTA }, () => call(method, url, body)));
			await conforming(429);
		},
	);

	test('knows the answer of a maintenance window', async () => {
		sandbox.faults.add({
			service: 'braze',
			kind: 'status',
			status: 202,
			body: { message: 'queued' },
			times: 1,
		});
		const answer = await call('POST', '/users/track', { attributes: [OBJECT] });
		expect(contract.problemsOfAnswer('POST', '/users/track', answer)).toBe('');
	});

	test.each([
		['empty', { attributes: [] }],
		['noIdentifier', { attributes: [{ a: 1 }] }],
		['badEmail', { attributes: [{ external_id: 'u', email: 'ada@' }] }],
		['badQuantity', { purchases: [{ ...PURCHASE, quantity: 0 }] }],
		['tooMany', { attributes: Array(76).fill(OBJECT) }],
		['blocked', { attributes: [{ external_id: 'blocked' }] }],
	])('and the sandbox agree on the words of %s', async (name, body) => {
		sandbox.braze.state.blockedExternalIds.add('blocked');
		const { data } = await call('POST', '/users/track', body);
		expect([data.message, data.errors?.[0]?.type]).toContain(
			contract.knownMessage('POST', '/users/track', name),
		);
	});

	test('is checked here for every operation that the sandbox serves', async () => {
		const unserved = async ({ method, path }: { method: string; path: string }) => {
			const answer = await fetch(sandbox.braze.url + path, {
				method,
				headers: { Authorization: `Bearer ${sandbox.braze.apiKey}` },
			});
			return answer.status === 404 && (await answer.text()).includes('Not Found');
		};
		const served: string[] = [];
		for (const operation of contract.operations()) {
			if (!(await unserved(operation))) served.push(`${operation.method} ${operation.path}`);
		}
		expect(served.sort()).toEqual(SERVED.map(({ method, path }) => `${method} ${path}`).sort());
	});
});
