import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall, type BrazeCall } from './braze-call.mts';

let sandbox: Sandbox;
let call: BrazeCall;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = brazeCall(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const alias = { alias_name: 'ada', alias_label: 'shop' };
const trackOne = (object: object) => call('POST', '/users/track', { attributes: [object] });
const state = () => sandbox.braze.state;

describe('an object belongs to', () => {
	test.each<[string, object]>([
		['an external ID', { external_id: 'u' }],
		['an alias', { user_alias: alias, _update_existing_only: false }],
		['an email', { email: 'ada@example.com' }],
		['a phone number', { phone: '+4915112345678' }],
	])('%s, whose user is made when it is unknown and found when it is known', async (_, identifier) => {
		await trackOne({ ...identifier, a: 1 });
		await trackOne({ ...identifier, b: 2 });
		expect([...state().profiles.all()].map((profile) => profile.customAttributes)).toEqual([{ a: 1, b: 2 }]);
	});

	test('a Braze ID, when it is known; only Braze gives them', async () => {
		await trackOne({ external_id: 'u' });
		const brazeId = state().getUser({ external_id: 'u' })?.brazeId;
		await trackOne({ braze_id: brazeId, a: 1 });
		expect((await trackOne({ braze_id: 'unknown', a: 1 })).status).toBe(201);
		expect([...state().profiles.all()].map((profile) => profile.customAttributes)).toEqual([{ a: 1 }]);
	});

	test('the email rather than the phone number, which is then a field', async () => {
		await trackOne({ email: 'ada@example.com', phone: '+4915112345678' });
		expect(state().getUser({ email: 'ADA@example.com' })?.standardFields).toEqual({
			email: 'ada@example.com',
			phone: '+4915112345678',
		});
		expect(state().counters.dataPoints).toBe(1);
	});

	test('of several users with one email, the latest changed', async () => {
		await trackOne({ external_id: 'a', email: 'shared@example.com' });
		await trackOne({ external_id: 'b', email: 'shared@example.com' });
		sandbox.clock.advance(1000);
		await trackOne({ external_id: 'a', x: 1 });
		await trackOne({ email: 'shared@example.com', found: true });
		expect(state().getUser({ external_id: 'a' })?.customAttributes).toEqual({ x: 1, found: true });
	});

	test.each<[string, object, RegExp]>([
		['external ID and alias', { external_id: 'u', user_alias: alias }, /Only one of/],
		['external ID and Braze ID', { external_id: 'u', braze_id: 'x' }, /Only one of/],
		['alias and Braze ID', { user_alias: alias, braze_id: 'x' }, /Only one of/],
		['no identifier', { a: 1 }, /is required/],
		['an empty external ID', { external_id: '' }, /external_id/],
		['an external ID that is a number', { external_id: 7 }, /external_id/],
		['an external ID of 988 bytes', { external_id: `${'é'.repeat(493)}xx` }, /EXTERNAL_USER_ID_TOO_LARGE/],
		['half an alias', { user_alias: { alias_name: 'ada' } }, /alias_label/],
		['an email that is none', { email: 'ada' }, /email/],
	])('nobody with %s, which is an error of its own', async (_, object, type) => {
		const answer = await trackOne({ a: 1, ...object });
		expect(answer.status).toBe(400);
		expect(answer.data.errors).toEqual([
			{ type: expect.stringMatching(type), input_array: 'attributes', index: 0 },
		]);
		expect(state().profiles.size).toBe(0);
	});

	test('an external ID of 987 bytes', async () => {
		expect((await trackOne({ external_id: `${'é'.repeat(493)}x`, a: 1 })).status).toBe(201);
	});

	test('nobody when the external ID is blocked', async () => {
		state().blockedExternalIds.add('u');
		const answer = await trackOne({ external_id: 'u', a: 1 });
		expect(answer.data.errors[0].type).toBe('provided external_id is blacklisted and disallowed');
	});
});

describe('_update_existing_only', () => {
	test.each<[string, object, number]>([
		['true makes no user', { external_id: 'u', _update_existing_only: true }, 0],
		['false makes one', { external_id: 'u', _update_existing_only: false }, 1],
		['is false for an external ID', { external_id: 'u' }, 1],
		['is true for an alias', { user_alias: alias }, 0],
		['false makes a user with nothing but an alias', { user_alias: alias, _update_existing_only: false }, 1],
	])('%s, and the object counts as taken', async (_, object, users) => {
		const answer = await trackOne({ ...object, a: 1 });
		expect([answer.status, answer.data.attributes_processed]).toEqual([201, 1]);
		expect(state().profiles.size).toBe(users);
	});
});

test('an unknown external ID with a known email makes a second profile', async () => {
	await trackOne({ email: 'ada@example.com', a: 1 });
	await trackOne({ external_id: 'u', email: 'ada@example.com', b: 2 });
	expect(state().profiles.findAll({ email: 'ada@example.com' }).size).toBe(2);
	expect(state().getUser({ external_id: 'u' })?.customAttributes).toEqual({ b: 2 });
});

describe('a profile', () => {
	test('keeps standard fields apart from custom attributes, whose names are case-sensitive', async () => {
		await trackOne({
			external_id: 'u',
			first_name: 'Ada',
			email: 'ada@example.com',
			First_Name: 'x',
			code: 'A',
		});
		const user = state().getUser({ external_id: 'u' });
		expect(user?.standardFields).toEqual({ first_name: 'Ada', email: 'ada@example.com' });
		expect(user?.customAttributes).toEqual({ First_Name: 'x', code: 'A' });
	});

	test('loses with null what it had', async () => {
		await trackOne({ external_id: 'u', email: 'ada@example.com', code: 'A' });
		await trackOne({ external_id: 'u', email: null, code: null });
		const user = state().getUser({ external_id: 'u' });
		expect([user?.standardFields, user?.customAttributes]).toEqual([{}, {}]);
		expect(state().getUser({ email: 'ada@example.com' })).toBeUndefined();
	});

	test('merges objects with _merge_objects and replaces them without', async () => {
		await trackOne({ external_id: 'u', summer: { code: 'A', value: 10 } });
		await trackOne({ external_id: 'u', summer: { value: 20 }, _merge_objects: true });
		expect(state().getUser({ external_id: 'u' })?.customAttributes).toEqual({
			summer: { code: 'A', value: 20 },
		});
		await trackOne({ external_id: 'u', summer: { value: 30 } });
		expect(state().getUser({ external_id: 'u' })?.customAttributes).toEqual({ summer: { value: 30 } });
	});

	test('takes attributes with names like __proto__ as data', async () => {
		await call(
			'POST',
			'/users/track',
			'{"attributes":[{"external_id":"u","__proto__":"x","constructor":"y"}]}',
		);
		const user = state().getUser({ external_id: 'u' });
		expect(JSON.stringify(user?.customAttributes)).toBe('{"__proto__":"x","constructor":"y"}');
	});

	test('keeps what is valid; what Braze drops or shortens without a word is noted for people to see', async () => {
		const answer = await trackOne({
			external_id: 'u',
			good: 1,
			$bad: 2,
			nested: { a: 1, long: 'x'.repeat(256) },
			long: 'x'.repeat(300),
			gender: 'female',
		});
		expect(answer.data).toEqual({ message: 'success', attributes_processed: 1 });
		expect(state().getUser({ external_id: 'u' })?.customAttributes).toEqual({
			good: 1,
			long: 'x'.repeat(255),
		});
		expect(state().dropped.latest.map(({ user, attribute, outcome }) => [user, attribute, outcome])).toEqual([
			['u', 'gender', 'dropped'],
			['u', '$bad', 'dropped'],
			['u', 'nested', 'dropped'],
			['u', 'long', 'shortened'],
		]);
	});

	test.each<[string, unknown, string]>([
		['email', 'ada@', "The value provided for the 'email' field is not a valid email."],
		['email_subscribe', 'yes', 'BAD_EMAIL_SUBSCRIPTION_STATE'],
		['push_subscribe', true, 'BAD_PUSH_SUBSCRIPTION_STATE'],
		['current_location', { latitude: 91, longitude: 0 }, 'BAD_LOCATION_UPDATE'],
		['push_tokens', [{ token: 'x' }], 'BAD_PUSH_TOKEN_VALUE'],
		['subscription_groups', 'x', 'BAD_SUBSCRIPTION_GROUP_ARRAY'],
		['subscription_groups', ['x'], 'BAD_SUBSCRIPTION_GROUP_HASH'],
		['subscription_groups', [{ subscription_state: 'subscribed' }], 'BAD_SUBSCRIPTION_GROUP_ID'],
		[
			'subscription_groups',
			[{ subscription_group_id: 'g', subscription_state: 'x' }],
			'BAD_SUBSCRIPTION_GROUP_STATE',
		],
	])('is left as it is when %s is %j', async (field, value, type) => {
		const answer = await trackOne({ external_id: 'u', a: 1, [field]: value });
		expect(answer.data.errors).toEqual([{ type, input_array: 'attributes', index: 0 }]);
		expect(state().getUser({ external_id: 'u' })).toBeUndefined();
	});

	test.each<[string, unknown]>([
		['phone', 'call me'],
		['country', 'Germany'],
		['language', 'german'],
		['dob', '28.05.1990'],
		['time_zone', 'Berlin'],
		['home_city', 7],
		['date_of_first_session', 'yesterday'],
	])('ignores %s when it is %j, and takes the rest', async (field, value) => {
		await trackOne({ external_id: 'u', a: 1, [field]: value });
		const user = state().getUser({ external_id: 'u' });
		expect([user?.standardFields, user?.customAttributes]).toEqual([{}, { a: 1 }]);
	});

	test.each<[string, unknown]>([
		['phone', '+49 (151) 12345678'],
		['country', 'DE'],
		['language', 'de'],
		['dob', '1990-05-28'],
		['time_zone', 'Europe/Berlin'],
		['gender', 'F'],
		['email_subscribe', 'opted_in'],
		['current_location', { latitude: 52.5, longitude: 13.4 }],
	])('takes %s when it is %j', async (field, value) => {
		await trackOne({ external_id: 'u', [field]: value });
		expect(state().getUser({ external_id: 'u' })?.standardFields).toEqual({ [field]: value });
	});
});

test('a reset brings back the workspace as it was at the start', async () => {
	await trackOne({ external_id: 'u', new_attribute: 1 });
	const before = state().apiKey;
	sandbox.reset();
	expect([state().profiles.size, state().counters.dataPoints, state().apiKey]).toEqual([0, 0, before]);
	expect(
		state()
			.names.attributes()
			.map(({ name }) => name),
	).not.toContain('new_attribute');
});
