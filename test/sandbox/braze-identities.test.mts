import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

const TIME = '2026-01-01T00:00:00Z';
const alias = (alias_name: string, alias_label = 'shop') => ({ alias_name, alias_label });

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const post = (path: string, body: unknown) => call('POST', path, body);
const track = (...attributes: unknown[]) => post('/users/track', { attributes });
const user = (external_id: string) => sandbox.braze.state.getUser({ external_id });
const byAlias = (name: string, label?: string) =>
	sandbox.braze.state.getUser({ user_alias: alias(name, label) });

test('an alias makes a user of its own, or leads to an existing one', async () => {
	await track({ external_id: 'ada' });
	const answer = await post('/users/alias/new', {
		user_aliases: [
			alias('anonymous'),
			{ external_id: 'ada', ...alias('ada-1') },
			{ external_id: 'nobody', ...alias('x') },
		],
	});
	expect(answer.status).toBe(201);
	expect(answer.data).toEqual({ message: 'success', aliases_processed: 3 });
	expect(byAlias('anonymous')?.externalId).toBeUndefined();
	expect(byAlias('ada-1')).toBe(user('ada'));
	expect(byAlias('x')).toBeUndefined();
});

test('a user has one alias a label, and an alias has one user', async () => {
	await track({ external_id: 'ada' }, { external_id: 'bob' });
	await post('/users/alias/new', { user_aliases: [{ external_id: 'ada', ...alias('one') }] });
	await post('/users/alias/new', { user_aliases: [{ external_id: 'bob', ...alias('one') }] });
	expect(byAlias('one')).toBe(user('ada'));
	await post('/users/alias/new', { user_aliases: [{ external_id: 'ada', ...alias('two') }] });
	expect(byAlias('one')).toBeUndefined();
	expect(user('ada')?.aliases).toEqual([alias('two')]);
});

test('identifying gives an alias its external ID, or merges it into the user who has that ID', async () => {
	await track(
		{ user_alias: alias('new'), _update_existing_only: false, code: 'A' },
		{ user_alias: alias('old'), _update_existing_only: false, code: 'B', color: 'red' },
		{ external_id: 'bob', code: 'C' },
	);
	const answer = await post('/users/identify', {
		aliases_to_identify: [
			{ external_id: 'ada', user_alias: alias('new') },
			{ external_id: 'bob', user_alias: alias('old') },
			{ external_id: 'carl', user_alias: alias('nobody') },
			{ user_alias: alias('new') },
		],
	});
	expect(answer.status).toBe(201);
	expect(answer.data).toEqual({
		message: 'success',
		aliases_processed: 3,
		errors: [{ type: "'external_id' is required", input_array: 'user_identifiers', index: 3 }],
	});
	expect(user('ada')?.customAttributes).toEqual({ code: 'A' });
	expect(user('bob')?.customAttributes).toEqual({ code: 'C', color: 'red' });
	expect(byAlias('old')).toBe(user('bob'));
	expect(user('carl')).toBeUndefined();
	expect(sandbox.braze.state.profiles.size).toBe(2);
});

test('identifying without merging moves the alias and drops its data', async () => {
	await track(
		{ user_alias: alias('old'), _update_existing_only: false, color: 'red' },
		{ external_id: 'bob' },
	);
	await post('/users/identify', {
		merge_behavior: 'none',
		aliases_to_identify: [{ external_id: 'bob', user_alias: alias('old') }],
	});
	expect(byAlias('old')).toBe(user('bob'));
	expect(user('bob')?.customAttributes).toEqual({});
});

test('an email identifies one user only: when the rules leave several, nobody is changed', async () => {
	const email = 'shared@example.com';
	await post('/users/track', {
		attributes: [{ user_alias: alias('a'), _update_existing_only: false, email }],
	});
	await post('/users/track', {
		attributes: [{ user_alias: alias('b'), _update_existing_only: false, email }],
	});
	sandbox.clock.advance(1_000);
	await post('/users/track', { attributes: [{ user_alias: alias('b'), seen: true }] });
	const identify = (prioritization: string[]) =>
		post('/users/identify', { emails_to_identify: [{ external_id: 'ada', email, prioritization }] });
	expect((await identify(['unidentified'])).status).toBe(201);
	expect(user('ada')).toBeUndefined();
	await identify(['unidentified', 'most_recently_updated']);
	expect(user('ada')).toBe(byAlias('b'));
	expect((await identify(['identified', 'unidentified'])).status).toBe(400);
});

test('merging keeps what the kept user has, adds the rest, and leaves one user', async () => {
	const event = (external_id: string) => ({ external_id, name: 'visit', time: TIME });
	await post('/users/track', {
		attributes: [
			{ external_id: 'gone', first_name: 'Gone', email: 'gone@example.com', code: 'A', color: 'red' },
			{ external_id: 'kept', first_name: 'Kept', code: 'B' },
		],
		events: [event('gone'), event('kept')],
	});
	const answer = await post('/users/merge', {
		merge_updates: [
			{ identifier_to_merge: { external_id: 'gone' }, identifier_to_keep: { external_id: 'kept' } },
			{ identifier_to_merge: { external_id: 'nobody' }, identifier_to_keep: { external_id: 'kept' } },
		],
	});
	expect([answer.status, answer.data]).toEqual([202, { message: 'success' }]);
	expect(user('gone')).toBeUndefined();
	expect(user('kept')?.customAttributes).toEqual({ code: 'B', color: 'red' });
	expect(user('kept')?.standardFields).toEqual({ first_name: 'Kept', email: 'gone@example.com' });
	expect(user('kept')?.eventCounts.get('visit')?.count).toBe(2);
	expect(sandbox.braze.state.getUser({ email: 'gone@example.com' })).toBe(user('kept'));
});

test('one wrong pair refuses the whole merge', async () => {
	await track({ external_id: 'a' }, { external_id: 'b' });
	const good = { identifier_to_merge: { external_id: 'a' }, identifier_to_keep: { external_id: 'b' } };
	const answer = await post('/users/merge', { merge_updates: [good, { ...good, more: 1 }] });
	expect(answer.status).toBe(400);
	expect(sandbox.braze.state.profiles.size).toBe(2);
});

test.each(['external_ids', 'user_aliases', 'braze_ids', 'email_addresses', 'phone_numbers'])(
	'users are deleted by %s, and a second time is no error',
	async (list) => {
		await track({
			user_alias: alias('a'),
			_update_existing_only: false,
			email: 'a@example.com',
			phone: '+4915112345678',
		});
		await post('/users/identify', { aliases_to_identify: [{ external_id: 'a', user_alias: alias('a') }] });
		const entry = {
			external_ids: 'a',
			user_aliases: alias('a'),
			braze_ids: user('a')?.brazeId,
			email_addresses: 'a@example.com',
			phone_numbers: { phone: '+4915112345678', prioritization: ['identified'] },
		}[list];
		expect((await post('/users/delete', { [list]: [entry] })).data).toEqual({
			deleted: 1,
			message: 'success',
		});
		const again = await post('/users/delete', { [list]: [entry] });
		expect([again.status, again.data.deleted]).toEqual([200, 0]);
		expect(sandbox.braze.state.profiles.size).toBe(0);
		expect(byAlias('a')).toBeUndefined();
	},
);

test('a delete by two kinds of identifier is refused', async () => {
	await track({ external_id: 'a' });
	const answer = await post('/users/delete', { external_ids: ['a'], braze_ids: ['b'] });
	expect(answer.status).toBe(400);
	expect(user('a')).toBeDefined();
});

test.each([
	['/users/alias/new', 'user_aliases', alias('a')],
	['/users/identify', 'aliases_to_identify', { external_id: 'a', user_alias: alias('a') }],
	[
		'/users/merge',
		'merge_updates',
		{ identifier_to_merge: { external_id: 'a' }, identifier_to_keep: { external_id: 'b' } },
	],
	['/users/delete', 'external_ids', 'a'],
])('%s takes 50 at once and no more', async (path, list, entry) => {
	expect((await post(path, { [list]: Array(50).fill(entry) })).status).toBeLessThan(300);
	expect((await post(path, { [list]: Array(51).fill(entry) })).status).toBe(400);
});
