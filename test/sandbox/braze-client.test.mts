import { Braze } from 'braze-api';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';

let sandbox: Sandbox;
let braze: Braze;

beforeAll(async () => {
	sandbox = await startSandbox();
	braze = new Braze(sandbox.braze.url, sandbox.braze.apiKey);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test('the client from npm tracks users and reads them back', async () => {
	const time = '2026-01-01T00:00:00Z';
	const answer = await braze.users.track({
		attributes: [{ external_id: 'u', first_name: 'Ada', voucherify_code: 'SUMMER-1' }],
		events: [{ external_id: 'u', name: 'voucher_received', time }],
		purchases: [{ external_id: 'u', product_id: 'p', currency: 'EUR', price: 10, time }],
	});
	expect(answer).toMatchObject({ message: 'success', attributes_processed: 1 });
	const { users } = await braze.users.export.ids({
		external_ids: ['u'],
		fields_to_export: ['first_name', 'custom_attributes', 'custom_events', 'total_revenue'],
	});
	expect(users).toEqual([
		{
			first_name: 'Ada',
			custom_attributes: { voucherify_code: 'SUMMER-1' },
			custom_events: [expect.objectContaining({ name: 'voucher_received', count: 1 })],
			total_revenue: 10,
		},
	]);
});

test('the client from npm sees partial success and rejection', async () => {
	const partial = await braze.users.track({ attributes: [{ external_id: 'u', a: 1 }, { a: 2 }] });
	expect(partial).toMatchObject({ message: 'success', errors: [{ input_array: 'attributes', index: 1 }] });
	await expect(braze.users.track({ attributes: [] })).rejects.toMatchObject({ status: 400 });
	const stranger = new Braze(sandbox.braze.url, 'no-such-key');
	await expect(stranger.users.track({})).rejects.toMatchObject({
		status: 401,
		message: 'Invalid API key: no-such-key',
	});
});

test('the client from npm lists campaigns, Canvases and segments', async () => {
	expect((await braze.campaigns.list()).campaigns.length).toBeGreaterThan(0);
	expect((await braze.canvas.list()).canvases.length).toBeGreaterThan(0);
	expect((await braze.segments.list()).segments.length).toBeGreaterThan(0);
});
