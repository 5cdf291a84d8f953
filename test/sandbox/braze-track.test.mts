import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const NO_DATA = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.";
const NOON = '2026-06-01T12:00:00Z';

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox({ clock: new Date(NOON) });
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const track = (body: unknown) => call('POST', '/users/track', body);
const attributes = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ external_id: `u${i}`, n: i }));
const events = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ external_id: `u${i}`, name: 'e', time: '2026-05-01' }));
const purchase = { external_id: 'u', product_id: 'p', currency: 'EUR', price: 10, time: '2026-05-01' };

describe('the answer', () => {
	test('201 counts what was taken, for each array that was sent', async () => {
		const answer = await track({ attributes: attributes(2), events: events(3), purchases: [purchase] });
		expect(answer.status).toBe(201);
		expect(answer.data).toEqual({
			message: 'success',
			attributes_processed: 2,
			events_processed: 3,
			purchases_processed: 1,
		});
	});

	test('partial success is 201 with errors whose index counts within the array as it was sent', async () => {
		const answer = await track({
			attributes: [{ external_id: 'a', n: 1 }, { n: 2 }, { external_id: 'c', email: 'no email' }],
			events: [
				{ external_id: 'a', name: 'e' },
				{ external_id: 'a', name: 'e', time: '2026-05-01' },
			],
			purchases: [purchase, { ...purchase, quantity: 101 }],
		});
		expect(answer.status).toBe(201);
		expect(answer.data).toEqual({
			message: 'success',
			attributes_processed: 1,
			events_processed: 1,
			purchases_processed: 1,
			errors: [
				{
					type: "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required",
					input_array: 'attributes',
					index: 1,
				},
				{
					type: "The value provided for the 'email' field is not a valid email.",
					input_array: 'attributes',
					index: 2,
				},
				{ type: "'time' is required", input_array: 'events', index: 0 },
				{ type: "'quantity' is not valid", input_array: 'purchases', index: 1 },
			],
		});
		expect(sandbox.braze.state.getUser({ external_id: 'c' })).toBeUndefined();
	});

	test('nothing valid is 400 with the same errors', async () => {
		const answer = await track({ attributes: [{ n: 1 }, { external_id: 'a', email: '@' }] });
		expect(answer.status).toBe(400);
		expect(answer.data).toMatchObject({ message: NO_DATA, errors: [{ index: 0 }, { index: 1 }] });
	});

	test.each<[string, unknown]>([
		['no body', undefined],
		['an empty object', {}],
		['empty arrays', { attributes: [], events: [], purchases: [] }],
		['an array', [1]],
	])('%s is 400 with the documented message', async (_, body) => {
		const answer = await track(body);
		expect([answer.status, answer.data]).toEqual([400, { message: NO_DATA }]);
	});

	test('something else than an array is 400', async () => {
		expect((await track({ attributes: { external_id: 'a' } })).status).toBe(400);
	});

	test('unparsable JSON is 400 with the text in error, not in message', async () => {
		const answer = await track('{"attributes": [');
		expect([answer.status, Object.keys(answer.data)]).toEqual([400, ['error']]);
	});

	test('a body that is not sent as JSON is 415', async () => {
		const answer = await call('POST', '/users/track', 'attributes=1', { 'Content-Type': 'text/plain' });
		expect(answer.status).toBe(415);
	});

	test('a maintenance window is a fault with status 202, and nothing is stored', async () => {
		sandbox.faults.add({
			service: 'braze',
			kind: 'status',
			status: 202,
			body: { message: 'queued' },
			times: 1,
		});
		const answer = await track({ attributes: attributes(1) });
		expect([answer.status, answer.data]).toEqual([202, { message: 'queued' }]);
		expect(sandbox.braze.state.profiles.size).toBe(0);
	});
});

describe('the size of a request', () => {
	test.each([
		['75 combined', { attributes: attributes(75) }, 201],
		['75 combined', { attributes: attributes(40), events: events(36) }, 400],
		['75 per array', { attributes: attributes(75), events: events(75) }, 201],
		['75 per array', { attributes: attributes(76) }, 400],
		['50 combined', { attributes: attributes(50) }, 201],
		['50 combined', { attributes: attributes(26), events: events(25) }, 400],
	] as const)('with the limit "%s" %# answers as it should', async (objectLimit, body, status) => {
		sandbox.braze.state.settings.objectLimit = objectLimit;
		expect((await track(body)).status).toBe(status);
	});

	test('a request beyond the limit stores nothing', async () => {
		const answer = await track({ attributes: attributes(76) });
		expect([answer.status, answer.data]).toEqual([400, { message: 'Max Input Length Exceeded' }]);
		expect(sandbox.braze.state.profiles.size).toBe(0);
	});

	test('a body of more than 4 MB is 413', async () => {
		const padded = (bytes: number) => `{"attributes":[{"external_id":"u","n":1}]${' '.repeat(bytes - 43)} }`;
		expect(padded(100)).toHaveLength(100);
		expect((await track(padded(4 * 1024 * 1024))).status).toBe(201);
		expect((await track(padded(4 * 1024 * 1024 + 1))).status).toBe(413);
	});

	test('bulk takes 1,000 objects, but no more than 100 of one user and no more than 2 MB', async () => {
		const bulk = (body: unknown) => call('POST', '/users/track/bulk', body);
		expect((await bulk({ attributes: attributes(1000) })).data).toEqual({
			message: 'success',
			attributes_processed: 1000,
		});
		expect((await bulk({ attributes: attributes(1001) })).status).toBe(400);
		expect((await bulk({ events: Array.from({ length: 101 }, () => events(1)[0]) })).status).toBe(400);
		expect((await bulk({ attributes: [{ external_id: 'u', n: 'x'.repeat(2 * 1024 * 1024) }] })).status).toBe(
			400,
		);
	});

	test('sync takes one object and answers with what it touched', async () => {
		const sync = (body: unknown) => call('POST', '/users/track/sync', body);
		await track({ attributes: [{ external_id: 'u', first_name: 'Ada', a: 1, b: 1 }] });
		const answer = await sync({ attributes: [{ external_id: 'u', b: { inc: 1 } }] });
		expect(answer.status).toBe(201);
		expect(answer.data).toEqual({
			message: 'success',
			users: [{ external_id: 'u', braze_id: expect.any(String), custom_attributes: { b: 2 } }],
		});
		const nobody = await sync({ attributes: [{ external_id: 'v', b: 1, _update_existing_only: true }] });
		expect(nobody.data).toEqual({ message: 'success', users: [] });
		expect((await sync({ attributes: attributes(1), events: events(1) })).status).toBe(400);
	});
});

describe('events and purchases', () => {
	test('the same event and the same purchase again are counted again', async () => {
		const body = { events: events(1), purchases: [{ ...purchase, external_id: 'u0', quantity: 2 }] };
		await track(body);
		await track(body);
		const user = sandbox.braze.state.getUser({ external_id: 'u0' });
		expect(user?.events).toHaveLength(2);
		expect(user?.purchases).toHaveLength(2);
		expect(user?.totalRevenue).toBe(40);
	});

	test('attributes come first, then events, then purchases', async () => {
		await track({
			purchases: [{ ...purchase, external_id: 'u', _update_existing_only: true }],
			events: [{ external_id: 'u', name: 'e', time: '2026-05-01', _update_existing_only: true }],
			attributes: [{ external_id: 'u', a: 1 }],
		});
		const user = sandbox.braze.state.getUser({ external_id: 'u' });
		expect([user?.events.length, user?.purchases.length]).toEqual([1, 1]);
	});

	test('a time in the future becomes now', async () => {
		await track({ events: [{ external_id: 'u', name: 'e', time: '2027-01-01' }] });
		const time = sandbox.braze.state.getUser({ external_id: 'u' })?.events[0]?.time ?? '';
		expect(time.slice(0, 16)).toBe('2026-06-01T12:00');
	});

	test.each<[string, object]>([
		['no name', { time: NOON }],
		['a name of more than 255 characters', { name: 'x'.repeat(256), time: NOON }],
		['a time that is none', { name: 'e', time: 'yesterday' }],
		['a property called time', { name: 'e', time: NOON, properties: { time: 1 } }],
		['a property called event_name', { name: 'e', time: NOON, properties: { event_name: 1 } }],
		['a property that begins with $', { name: 'e', time: NOON, properties: { $a: 1 } }],
		[
			'a property key of more than 255 characters',
			{ name: 'e', time: NOON, properties: { ['k'.repeat(256)]: 1 } },
		],
		['properties of more than 50 KB', { name: 'e', time: NOON, properties: { a: 'x'.repeat(51 * 1024) } }],
		['properties that are no object', { name: 'e', time: NOON, properties: [1] }],
	])('an event with %s is refused', async (_, event) => {
		const answer = await track({ attributes: attributes(1), events: [{ external_id: 'u', ...event }] });
		expect(answer.data).toMatchObject({ events_processed: 0, errors: [{ input_array: 'events', index: 0 }] });
	});

	test.each<[string, object]>([
		['no product', { product_id: '' }],
		['a product of more than 255 characters', { product_id: 'x'.repeat(256) }],
		['a currency that is none', { currency: 'EURO' }],
		['a price that is no number', { price: '10' }],
		['a quantity of 0', { quantity: 0 }],
		['a quantity beyond 100', { quantity: 101 }],
		['half a quantity', { quantity: 1.5 }],
		['no time', { time: undefined }],
	])('a purchase with %s is refused', async (_, change) => {
		const answer = await track({ attributes: attributes(1), purchases: [{ ...purchase, ...change }] });
		expect(answer.data).toMatchObject({
			purchases_processed: 0,
			errors: [{ input_array: 'purchases', index: 0 }],
		});
	});
});

test('every attribute that was sent counts as a data point, changed or not, and so does every event and purchase', async () => {
	const body = {
		attributes: [{ external_id: 'u', first_name: 'Ada', code: 'A', gone: null, nested: { a: 1, b: 2 } }],
		events: [{ external_id: 'u', name: 'e', time: NOON }],
		purchases: [purchase],
	};
	await track(body);
	expect(sandbox.braze.state.counters.dataPoints).toBe(7);
	await track(body);
	expect(sandbox.braze.state.counters).toEqual({
		trackRequests: 2,
		attributes: 2,
		events: 2,
		purchases: 2,
		rejected: 0,
		dataPoints: 14,
	});
});
