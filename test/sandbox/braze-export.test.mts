import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const NOON = '2026-06-01T12:00:00Z';
const alias = { alias_name: 'ada', alias_label: 'shop' };

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox({ clock: new Date(NOON) });
	call = brazeCall(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	await call('POST', '/users/track', {
		attributes: [
			{ external_id: 'a', email: 'shared@example.com', first_name: 'Ada', code: 'A', extra: { __proto: 1 } },
			{
				external_id: 'b',
				email: 'shared@example.com',
				current_location: { latitude: 52.5, longitude: 13.4 },
			},
			{ user_alias: alias, _update_existing_only: false, phone: '+4915112345678' },
		],
		events: [
			{ external_id: 'a', name: 'visit', time: '2026-05-01' },
			{ external_id: 'a', name: 'visit', time: '2026-04-01' },
		],
		purchases: [
			{ external_id: 'a', product_id: 'p', currency: 'EUR', price: 10, quantity: 3, time: '2026-05-01' },
		],
	});
});
afterAll(() => sandbox.close());

const exportIds = (body: unknown) => call('POST', '/users/export/ids', body);

test('a profile comes with everything it has, and nothing it has not', async () => {
	const answer = await exportIds({ external_ids: ['a'] });
	expect(answer.status).toBe(200);
	expect(answer.data).toEqual({
		message: 'success',
		users: [
			{
				external_id: 'a',
				braze_id: expect.stringMatching(/^[0-9a-f]{24}$/),
				created_at: expect.stringMatching(/^2026-06-01T12:00/),
				random_bucket: expect.any(Number),
				email: 'shared@example.com',
				first_name: 'Ada',
				custom_attributes: { code: 'A', extra: { __proto: 1 } },
				custom_events: [
					{ name: 'visit', first: '2026-04-01T00:00:00.000Z', last: '2026-05-01T00:00:00.000Z', count: 2 },
				],
				purchases: [
					{ name: 'p', first: '2026-05-01T00:00:00.000Z', last: '2026-05-01T00:00:00.000Z', count: 1 },
				],
				total_revenue: 30,
			},
		],
	});
});

test('fields_to_export decides what comes', async () => {
	const answer = await exportIds({
		external_ids: ['a'],
		fields_to_export: ['external_id', 'custom_attributes', 'dob'],
	});
	expect(answer.data.users).toEqual([
		{ external_id: 'a', custom_attributes: { code: 'A', extra: { __proto: 1 } } },
	]);
});

test('who is not found is named', async () => {
	const answer = await exportIds({ external_ids: ['a', 'x'], user_aliases: [{ ...alias, alias_name: 'y' }] });
	expect(answer.data.users).toHaveLength(1);
	expect(answer.data.invalid_user_ids).toEqual(['x', 'y']);
});

test.each<[string, object, number]>([
	['external IDs', { external_ids: ['a', 'b', 'a'] }, 2],
	['an alias', { user_aliases: [alias] }, 1],
	['an email, all who share it', { email_address: 'SHARED@example.com' }, 2],
	['a phone number', { phone: '+49 151 12345678' }, 1],
	['a device, which nobody here has', { device_id: 'd' }, 0],
])('users are found by %s', async (_, body, count) => {
	expect((await exportIds(body)).data.users).toHaveLength(count);
});

test('coordinates come as longitude and latitude', async () => {
	const answer = await exportIds({ external_ids: ['b'], fields_to_export: ['last_coordinates'] });
	expect(answer.data.users).toEqual([{ last_coordinates: [13.4, 52.5] }]);
});

test.each<[string, unknown]>([
	['nobody is asked for', {}],
	['nothing is sent', undefined],
	['more than 50 are asked for', { external_ids: Array.from({ length: 51 }, String) }],
	[
		'external IDs and aliases are more than 50 together',
		{ external_ids: Array(50).fill('a'), user_aliases: [alias] },
	],
	['an unknown field is asked for', { external_ids: ['a'], fields_to_export: ['favourite_colour'] }],
	['no field is asked for', { external_ids: ['a'], fields_to_export: [] }],
	['email and phone are given', { email_address: 'a@example.com', phone: '+4915112345678' }],
	['an ID is no string', { external_ids: [1] }],
])('400 when %s', async (_, body) => {
	const answer = await exportIds(body);
	expect([answer.status, typeof answer.data.message]).toEqual([400, 'string']);
});

test('newer workspaces insist on fields_to_export', async () => {
	sandbox.braze.state.settings.fieldsToExportRequired = true;
	expect((await exportIds({ external_ids: ['a'] })).status).toBe(400);
	expect((await exportIds({ external_ids: ['a'], fields_to_export: ['email'] })).status).toBe(200);
});
