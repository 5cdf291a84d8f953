import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { requestsTo, runBraze } from './braze.mts';
import { failureOf } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const TRACK = 'POST /users/track';
const track = (parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: 'track',
	requestSettings: { longestWait: 1 },
	...parameters,
});
const json = (attributes: IDataObject, options: INodeParameters = {}) =>
	track({ attributesFrom: 'json', attributesJson: JSON.stringify(attributes), options });
const ada = { external_id: 'ada' };
const profile = () => sandbox.braze.state.getUser(ada);

/** Puts attributes on Ada's profile, one request after the other, and gives those she has then. */
async function after(...updates: ReadonlyArray<readonly [IDataObject, INodeParameters?]>) {
	for (const [attributes, options] of updates) {
		const { error } = await runBraze(sandbox, json(attributes, options), [ada]);
		expect(error).toBeUndefined();
	}
	return { ...profile()?.customAttributes };
}

const MERGED = { mergeObjects: true };
const car = (id: number, more: IDataObject = {}) => ({ id, ...more });
const named = (value: number) => ({ $identifier_key: 'id', $identifier_value: value });

describe('Track takes every form of an attribute that Braze has', () => {
	test.each<[string, ReadonlyArray<readonly [IDataObject, INodeParameters?]>, IDataObject]>([
		[
			'a nested object',
			[[{ home: { city: 'Lyon', geo: { x: 1 } } }]],
			{ home: { city: 'Lyon', geo: { x: 1 } } },
		],
		[
			'a nested object in place of another',
			[[{ home: { city: 'Lyon' } }], [{ home: { zip: '69001' } }]],
			{ home: { zip: '69001' } },
		],
		[
			'a nested object merged into another, however deep',
			[[{ home: { city: 'Lyon', geo: { x: 1 } } }], [{ home: { geo: { y: 2 } } }, MERGED]],
			{ home: { city: 'Lyon', geo: { x: 1, y: 2 } } },
		],
		['an increment', [[{ n: 5 }], [{ n: { inc: 2 } }], [{ n: { inc: -1 } }]], { n: 6 }],
		['an addition to a list', [[{ tags: ['a'] }], [{ tags: { add: ['b'] } }]], { tags: ['a', 'b'] }],
		['a removal from a list', [[{ tags: ['a', 'b'] }], [{ tags: { remove: ['a'] } }]], { tags: ['b'] }],
		[
			'$add to a list of objects',
			[[{ cars: [car(1)] }], [{ cars: { $add: [car(2)] } }]],
			{ cars: [car(1), car(2)] },
		],
		[
			'$update of an object in a list',
			[
				[{ cars: [car(1, { color: 'red' }), car(2)] }],
				[{ cars: { $update: [{ ...named(1), $new_object: { sold: true } }] } }, MERGED],
			],
			{ cars: [car(1, { color: 'red', sold: true }), car(2)] },
		],
		[
			'$remove of an object from a list',
			[[{ cars: [car(1), car(2)] }], [{ cars: { $remove: [named(1)] } }]],
			{ cars: [car(2)] },
		],
		['null, which removes', [[{ tier: 'gold', n: 1 }], [{ tier: null }]], { n: 1 }],
		[
			'null within a merged object',
			[[{ home: { city: 'Lyon', zip: '69001' } }], [{ home: { zip: null } }, MERGED]],
			{ home: { city: 'Lyon' } },
		],
		[
			'a date within an object',
			[[{ order: { at: { $time: '2026-06-01T08:00:00Z' } } }]],
			{ order: { at: '2026-06-01T08:00:00Z' } },
		],
	])('%s', async (_case, updates, expected) => {
		expect(await after(...updates)).toEqual(expected);
		expect(sandbox.braze.state.dropped.count).toBe(0);
	});

	test('null in a field of an item removes the attribute', async () => {
		await runBraze(sandbox, track(), [{ ...ada, tier: 'gold', n: 1 }]);
		await runBraze(sandbox, track(), [{ ...ada, tier: null }]);
		expect(profile()?.customAttributes).toEqual({ n: 1 });
	});

	test('what an increment costs, and objects by their keys, the hint tells as Braze counts', async () => {
		const attributes = { n: { inc: 1 }, home: { city: 'Lyon', geo: { x: 1, y: 2 } }, tags: ['a', 'b'] };
		const { items } = await runBraze(
			sandbox,
			{
				...json({ ...attributes, cars: { $add: [car(1, { a: 1 })], $remove: [named(9)] } }),
				output: 'summary',
			},
			[ada],
		);
		expect(sandbox.braze.state.counters.dataPoints).toBe(9);
		expect(items[0]?.json.dataPoints).toBe(9);
	});

	test.each([
		['an increment', { n: { inc: 1 } }],
		['a new object in a list', { cars: { $add: [car(1)] } }],
	])(
		'%s whose answer was lost is not sent again, and the failure says that it may have arrived',
		async (_case, attributes) => {
			sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'reset', when: 'after', times: 1 });
			const { error } = await runBraze(sandbox, json(attributes), [ada]);
			expect(requestsTo(sandbox, TRACK)).toBe(1);
			expect(error?.description).toContain('may have acted');
		},
	);

	test('a text that looks like an increment is only a text, and sent again', async () => {
		sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'reset', when: 'after', times: 1 });
		expect(await after([{ note: '{"inc":1}' }])).toEqual({ note: '{"inc":1}' });
		expect(requestsTo(sandbox, TRACK)).toBe(2);
	});

	test.each<[string, IDataObject, string]>([
		['a key with a dollar sign', { home: { $city: 'Lyon' } }, '"home" has the key "$city"'],
		['an empty key', { home: { x: { '': 1 } } }, '"home" has the key ""'],
		['a long key', { home: { ['k'.repeat(256)]: 1 } }, '"home" has the key "kkk'],
		[
			'a long text',
			{ cars: [car(1, { note: 'x'.repeat(256) })] },
			'"cars" has a text of 256 characters in "note"',
		],
		['a date that is none', { on: { $time: 'soon' } }, '"on" has "soon" in $time'],
	])(
		'%s within an object is refused before anything is sent: Braze would drop the attribute',
		async (_case, bad, words) => {
			const { error } = await runBraze(sandbox, json(bad), [ada]);
			expect(error?.message).toContain(words);
			expect(error?.description).toContain('Braze would drop the whole attribute');
			expect(requestsTo(sandbox, TRACK)).toBe(0);
		},
	);
});

describe('Track makes profiles only where that is wanted', () => {
	const alias = { alias_name: 'a-1', alias_label: 'shop' };
	const byAlias = { identifyBy: 'alias' };
	const profiles = () => sandbox.braze.state.profiles.size;

	test.each<[string, INodeParameters, IDataObject, number]>([
		['an external ID makes one', {}, ada, 1],
		['an external ID makes none when told so', { options: { existingOnly: true } }, ada, 0],
		['an alias makes none', byAlias, alias, 0],
		['an alias makes one when told so', { ...byAlias, options: { existingOnly: false } }, alias, 1],
		[
			'by an expression, each item has its own say',
			{ options: { existingOnly: '={{ $json.known }}' } },
			{ ...ada, known: true },
			0,
		],
	])('%s', async (_case, parameters, who, expected) => {
		const send = { send: ['attributes', 'event', 'purchase'], eventName: 'e', productId: 'p' };
		const { error } = await runBraze(sandbox, track({ ...send, ...parameters }), [{ ...who, tier: 'gold' }]);
		expect(error).toBeUndefined();
		expect(profiles()).toBe(expected);
	});

	test('and existing ones are changed', async () => {
		await after([{ tier: 'gold' }]);
		expect(await after([{ tier: 'silver' }, { existingOnly: true }])).toEqual({ tier: 'silver' });
	});
});

describe('Track sends events and purchases with all that belongs to them', () => {
	test('purchases with properties, and the app of each item', async () => {
		const parameters = track({
			send: ['event', 'purchase'],
			eventName: 'bought',
			productId: 'shoe',
			price: '={{ $json.price }}',
			quantity: 2,
			purchaseTime: '2026-01-02T03:04:05Z',
			purchaseProperties: '={{ { color: $json.color, sizes: [41, 42], box: { gift: true } } }}',
			options: { appId: '={{ $json.app }}' },
		});
		const { error } = await runBraze(sandbox, parameters, [
			{ ...ada, price: 9.5, color: 'red', app: 'ios' },
			{ ...ada, price: 8, color: 'blue', app: 'web' },
		]);
		expect(error).toBeUndefined();
		const purchase = { product_id: 'shoe', currency: 'USD', quantity: 2, time: '2026-01-02T03:04:05.000Z' };
		const properties = (color: string) => ({ color, sizes: [41, 42], box: { gift: true } });
		expect(profile()?.purchases).toEqual([
			{ ...purchase, price: 9.5, app_id: 'ios', properties: properties('red') },
			{ ...purchase, price: 8, app_id: 'web', properties: properties('blue') },
		]);
		expect(profile()?.events.map(({ app_id }) => app_id)).toEqual(['ios', 'web']);
	});

	test('no app where none is given', async () => {
		await runBraze(sandbox, track({ send: ['event'], eventName: 'e' }), [ada]);
		expect(profile()?.events[0]).not.toHaveProperty('app_id');
	});

	test.each([
		['a reserved property', '{"time": 1}', '"Purchase Properties" has the key "time"'],
		['too many bytes', JSON.stringify({ a: 'x'.repeat(51 * 1024) }), '"Purchase Properties" is 52'],
	])('a purchase with %s is refused before anything is sent', async (_case, purchaseProperties, words) => {
		const { error } = await runBraze(
			sandbox,
			track({ send: ['purchase'], productId: 'p', purchaseProperties }),
			[ada],
		);
		expect(error?.message).toContain(words);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});
});

describe('Track sets the status in subscription groups', () => {
	const [first, second] = WORKSPACE.subscriptionGroups;
	const groups = (...rows: INodeParameters[]) => ({ options: { subscriptionGroups: { group: rows } } });
	const row = (groupId: string | undefined, status = 'subscribed') => ({ group: groupId ?? '', status });
	const statuses = () => profile()?.standardFields.subscription_groups;

	test('several at once, beside other attributes, each item its own', async () => {
		const parameters = track(groups(row(first?.id, '={{ $json.wants }}'), row(second?.id)));
		const { error } = await runBraze(sandbox, parameters, [{ ...ada, wants: 'unsubscribed' }]);
		expect(error).toBeUndefined();
		expect(statuses()).toEqual([
			{ subscription_group_id: first?.id, subscription_state: 'unsubscribed' },
			{ subscription_group_id: second?.id, subscription_state: 'subscribed' },
		]);
		expect(profile()?.customAttributes).toEqual({ wants: 'unsubscribed' });
	});

	test('also when there is nothing else to say about a user', async () => {
		const { error } = await runBraze(sandbox, track(groups(row(first?.id))), [ada]);
		expect(error).toBeUndefined();
		expect(statuses()).toHaveLength(1);
	});

	test.each<[string, INodeParameters, IDataObject, string]>([
		['a group without an ID', groups(row(' ')), ada, '"Subscription Group ID" is empty'],
		[
			'a status that is none',
			groups(row('g', '={{ $json.wants }}')),
			{ ...ada, wants: 'maybe' },
			'"Status" is "maybe"',
		],
		[
			'groups from two places',
			groups(row('g')),
			{ ...ada, subscription_groups: [] },
			'the attributes have subscription_groups too',
		],
	])('%s is refused before anything is sent', async (_case, parameters, item, words) => {
		const { error } = await runBraze(sandbox, track(parameters), [item]);
		expect(error?.message).toContain(words);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('an item whose group Braze does not take fails by itself', async () => {
		const parameters = track({
			...groups(),
			attributesFrom: 'json',
			attributesJson: '={{ $json.attributes }}',
		});
		const bad = { subscription_groups: [{ subscription_group_id: 'g', subscription_state: 'maybe' }] };
		const { items } = await runBraze(
			sandbox,
			parameters,
			[
				{ ...ada, attributes: bad },
				{ external_id: 'bob', attributes: { tier: 'gold' } },
			],
			{ onError: 'continueRegularOutput' },
		);
		expect(failureOf(items[0]).message).toContain('none of subscribed, unsubscribed');
		expect(failureOf(items[1])).toBeUndefined();
	});
});
