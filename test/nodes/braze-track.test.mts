import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { requestsTo, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const TRACK = 'POST /users/track';
const quick = { requestSettings: { longestWait: 1 } };

function track(parameters: INodeParameters = {}): INodeParameters {
	return { resource: 'user', operation: 'track', ...quick, ...parameters };
}

function users(count: number, more: (n: number) => IDataObject = () => ({})): IDataObject[] {
	return Array.from({ length: count }, (_, n) => ({
		external_id: `user-${n}`,
		tier: `tier-${n % 3}`,
		...more(n),
	}));
}

const profile = (externalId: string) => sandbox.braze.state.getUser({ external_id: externalId });
const attributesOf = (externalId: string) => ({ ...profile(externalId)?.customAttributes });

describe('Track puts attributes on profiles', () => {
	test('all fields of 200 items reach the right profiles in three requests, and the items come out as they came in', async () => {
		const { items, error } = await runBraze(
			sandbox,
			track(),
			users(200, (n) => ({ score: n })),
		);
		expect(error).toBeUndefined();
		expect(requestsTo(sandbox, TRACK)).toBe(3);
		expect(items).toHaveLength(200);
		items.forEach((item, n) => {
			expect(item.json).toEqual({ external_id: `user-${n}`, tier: `tier-${n % 3}`, score: n });
			expect(item.pairedItem).toEqual({ item: n });
			expect(attributesOf(`user-${n}`)).toEqual({ tier: `tier-${n % 3}`, score: n });
		});
	});

	test('fields that the user leaves out stay away', async () => {
		await runBraze(
			sandbox,
			track({ options: { leaveOut: 'note, score' } }),
			users(1, () => ({ note: 'x', score: 1 })),
		);
		expect(attributesOf('user-0')).toEqual({ tier: 'tier-0' });
	});

	test('picked fields are converted to the type of their attribute', async () => {
		const attributes = {
			mappingMode: 'defineBelow',
			value: { visits: '={{ $json.visits }}', first_name: 'Ada', vip: '={{ $json.vip ? "true" : "false" }}' },
			schema: ['visits:number', 'first_name:string', 'vip:boolean'].map((column) => {
				const [id = '', type = ''] = column.split(':');
				return { id, displayName: id, type, required: false, defaultMatch: false, display: true };
			}),
		};
		await runBraze(
			sandbox,
			track({ attributesFrom: 'pickedFields', attributes }),
			users(2, (n) => ({ visits: `${n + 7}`, vip: n === 1 })),
		);
		expect(attributesOf('user-0')).toEqual({ visits: 7, vip: false });
		expect(attributesOf('user-1')).toEqual({ visits: 8, vip: true });
		expect(profile('user-1')?.standardFields.first_name).toBe('Ada');
	});

	test('JSON carries all that Braze offers', async () => {
		await runBraze(
			sandbox,
			track({ attributesFrom: 'json', attributesJson: '={{ { points: { inc: $json.n } } }}' }),
			users(1, () => ({ n: 5 })),
		);
		await runBraze(
			sandbox,
			track({ attributesFrom: 'json', attributesJson: '{"points": {"inc": 2}, "tags": ["a"]}' }),
			users(1),
		);
		expect(attributesOf('user-0')).toEqual({ points: 7, tags: ['a'] });
	});

	test('nested objects are merged when asked', async () => {
		const json = (text: string, options: INodeParameters = {}) =>
			track({ attributesFrom: 'json', attributesJson: text, options });
		await runBraze(sandbox, json('{"home": {"city": "Lyon"}}'), users(1));
		await runBraze(sandbox, json('{"home": {"zip": "69001"}}', { mergeObjects: true }), users(1));
		expect(attributesOf('user-0')).toEqual({ home: { city: 'Lyon', zip: '69001' } });
	});

	test.each([
		['brazeId', { brazeId: '={{ $json.id }}' }, 'braze_id'],
		['email', {}, 'email'],
		['phone', {}, 'phone'],
	])('identifies users by %s', async (identifyBy, more, field) => {
		const value = field === 'phone' ? '+491511234567' : 'ada@example.com';
		await runBraze(sandbox, track({ identifyBy, ...more }), [{ [field]: value, id: value, tier: 'gold' }]);
		const [entry] = sandbox.log.entries(1);
		expect(entry?.requestBody).toMatchObject({ attributes: [{ [field]: value, tier: 'gold' }] });
	});

	test('identifies users by alias, and makes alias-only profiles when told so', async () => {
		const parameters = track({
			identifyBy: 'alias',
			aliasLabel: 'voucherify',
			options: { existingOnly: false },
		});
		await runBraze(sandbox, parameters, [{ customer: { source_id: 'c-1' }, tier: 'gold' }]);
		const user = sandbox.braze.state.getUser({
			user_alias: { alias_name: 'c-1', alias_label: 'voucherify' },
		});
		expect(user?.customAttributes.tier).toBe('gold');
	});

	test('names like __proto__ are data', async () => {
		const item = JSON.parse(
			'{"external_id": "user-0", "__proto__": "kept", "constructor": "too"}',
		) as IDataObject;
		await runBraze(sandbox, track(), [item]);
		const [entry] = sandbox.log.entries(1);
		expect(entry?.requestText).toContain('"__proto__":"kept"');
		expect(entry?.requestText).toContain('"constructor":"too"');
	});
});

describe('Track sends events and purchases', () => {
	test('attributes, events and purchases of one item travel together, 75 objects to a request', async () => {
		const parameters = track({
			send: ['attributes', 'event', 'purchase'],
			eventName: 'code_delivered',
			eventProperties: '={{ { n: $json.n } }}',
			productId: 'shoe',
			price: 9.5,
			currency: 'eur',
		});
		const { error } = await runBraze(
			sandbox,
			parameters,
			users(100, (n) => ({ n })),
		);
		expect(error).toBeUndefined();
		expect(requestsTo(sandbox, TRACK)).toBe(4);
		const user = profile('user-42');
		expect(user?.events).toMatchObject([{ name: 'code_delivered', properties: { n: 42 } }]);
		expect(user?.purchases).toMatchObject([{ product_id: 'shoe', price: 9.5, currency: 'EUR', quantity: 1 }]);
	});

	test('an event whose answer was lost is not sent twice, and the failure says that it may have arrived', async () => {
		sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'reset', when: 'after', times: 1 });
		const { error } = await runBraze(sandbox, track({ send: ['event'], eventName: 'opened' }), users(1));
		expect(error?.description).toContain('may have acted');
		expect(profile('user-0')?.events).toHaveLength(1);
	});

	test('attributes whose answer was lost are sent again', async () => {
		sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'reset', when: 'after', times: 1 });
		const { error } = await runBraze(sandbox, track(), users(1));
		expect(error).toBeUndefined();
		expect(requestsTo(sandbox, TRACK)).toBe(2);
	});

	test('an event is sent again after a 502 and a 429, which did not arrive', async () => {
		sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'status', status: 502, times: 1 });
		sandbox.faults.add({
			service: 'braze',
			path: '/users/track',
			kind: 'status',
			status: 429,
			headers: { 'x-ratelimit-retry-after': '0' },
			times: 1,
		});
		const { error } = await runBraze(sandbox, track({ send: ['event'], eventName: 'opened' }), users(1));
		expect(error).toBeUndefined();
		expect(profile('user-0')?.events).toHaveLength(1);
	});

	test("one user's objects keep their order across requests that run side by side", async () => {
		const input = Array.from({ length: 300 }, (_, n) => ({
			external_id: n % 2 === 0 ? 'busy' : `other-${n}`,
			step: n,
		}));
		sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'slow', delayMs: 50, times: 1 });
		await runBraze(sandbox, track(), input);
		expect(attributesOf('busy')).toEqual({ step: 298 });
	});
});

describe('Track turns what Voucherify gives into attributes and events', () => {
	const publication = {
		id: 'pub_1',
		object: 'publication',
		created_at: '2026-06-01T08:00:00.000Z',
		customer: { id: 'cust_1', source_id: 'user-0' },
		voucher: {
			code: 'SUMMER-1',
			object: 'voucher',
			campaign: 'Summer',
			type: 'DISCOUNT_VOUCHER',
			discount: { type: 'PERCENT', percent_off: 20 },
			expiration_date: null,
			assets: {
				qr: { url: 'https://dl.voucherify.io/qr' },
				barcode: { url: 'https://dl.voucherify.io/bar' },
			},
		},
	};

	test('an incentive becomes the attributes that the prefix suggests, on the profile of its customer', async () => {
		await runBraze(
			sandbox,
			track({ attributesFrom: 'voucherifyIncentive', attributePrefix: 'voucherify_summer' }),
			[publication],
		);
		expect(attributesOf('user-0')).toEqual({
			voucherify_summer_code: 'SUMMER-1',
			voucherify_summer_value: '20%',
			voucherify_summer_qr_url: 'https://dl.voucherify.io/qr',
			voucherify_summer_barcode_url: 'https://dl.voucherify.io/bar',
			voucherify_summer_campaign: 'Summer',
			voucherify_summer_delivered_at: '2026-06-01T08:00:00.000Z',
		});
	});

	test('attribute names are the user’s, and an emptied one is left out', async () => {
		const names = {
			codeAttribute: 'my_code',
			valueAttribute: '',
			qrUrlAttribute: '',
			barcodeUrlAttribute: '',
			campaignAttribute: '',
			deliveredAtAttribute: '',
		};
		await runBraze(sandbox, track({ attributesFrom: 'voucherifyIncentive', ...names }), [publication]);
		expect(attributesOf('user-0')).toEqual({ my_code: 'SUMMER-1' });
	});

	test('the expiry of an older code goes away when asked', async () => {
		const parameters = track({ attributesFrom: 'voucherifyIncentive', options: { clearMissing: true } });
		const expiring = {
			...publication,
			voucher: { ...publication.voucher, expiration_date: '2026-12-31T23:59:59.000Z' },
		};
		await runBraze(sandbox, parameters, [expiring]);
		expect(attributesOf('user-0').voucherify_expiry).toBe('2026-12-31T23:59:59.000Z');
		await runBraze(sandbox, parameters, [publication]);
		expect(attributesOf('user-0')).not.toHaveProperty('voucherify_expiry');
	});

	test('an item without a voucher is refused before anything is sent', async () => {
		const { error } = await runBraze(sandbox, track({ attributesFrom: 'voucherifyIncentive' }), [
			publication,
			{ external_id: 'x' },
		]);
		expect(error?.message).toContain('no voucher');
		expect(error?.description).toContain('Create a publication');
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('a webhook becomes a custom event with its type, its time and its facts', async () => {
		const webhook = {
			id: 'whs_1',
			type: 'redemption.succeeded',
			created_at: '2026-06-02T10:00:00.000Z',
			data: {
				customer: { source_id: 'user-0' },
				voucher: publication.voucher,
				order: { id: 'ord_1', total_amount: 4550, status: 'PAID' },
			},
			customer: { source_id: 'user-0' },
		};
		const { error } = await runBraze(sandbox, track({ send: ['event'], eventFrom: 'voucherifyEvent' }), [
			webhook,
		]);
		expect(error).toBeUndefined();
		expect(profile('user-0')?.events).toMatchObject([
			{
				name: 'voucherify.redemption.succeeded',
				time: '2026-06-02T10:00:00.000Z',
				properties: {
					code: 'SUMMER-1',
					value: '20%',
					campaign: 'Summer',
					order_id: 'ord_1',
					order_amount: 45.5,
					event_id: 'whs_1',
				},
			},
		]);
	});
});

describe('Track tells row by row what Braze took', () => {
	const withBadRows = users(160, (n) => (n === 3 || n === 90 ? { email: 'no address' } : {}));

	test('rejected rows go to the error output with their own reason, the others go on', async () => {
		const { items, failed } = await runBraze(sandbox, track(), withBadRows, {
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }, { item: 90 }]);
		for (const { json } of failed) {
			expect(json.error).toMatchObject({
				message: expect.stringContaining('not a valid email'),
				status: 201,
			});
			expect(json.external_id).toMatch(/^user-(3|90)$/);
		}
		expect(items).toHaveLength(158);
		expect(attributesOf('user-91')).toEqual({ tier: 'tier-1' });
	});

	test('a node that stops names the row and says what had succeeded', async () => {
		const { error } = await runBraze(sandbox, track(), withBadRows);
		expect(error?.message).toContain('[item 3]');
		expect(error?.message).toMatch(/\d+ items had already succeeded/);
		expect(error?.context.itemIndex).toBe(3);
	});

	test('when nothing was valid, each row still gets its own reason', async () => {
		const { failed } = await runBraze(
			sandbox,
			track(),
			users(2, () => ({ email: 'no address' })),
			{ onError: 'continueErrorOutput' },
		);
		expect(failed.map(({ json }) => json.error)).toEqual([
			expect.objectContaining({ message: expect.stringContaining('not a valid email') }),
			expect.objectContaining({ message: expect.stringContaining('not a valid email') }),
		]);
	});

	test('a summary counts what was sent, and failed rows still come out by themselves', async () => {
		const { items, failed } = await runBraze(sandbox, track({ output: 'summary' }), withBadRows, {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ items: 160, succeeded: 158, failed: 2, requests: 3, dataPoints: 158 },
		]);
		expect(failed).toHaveLength(2);
	});

	test('a request that is too large is halved until it passes', async () => {
		sandbox.faults.add({
			service: 'braze',
			path: '/users/track',
			kind: 'status',
			status: 413,
			times: 1,
			body: { message: 'too large' },
		});
		const { error, items } = await runBraze(sandbox, track(), users(10));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(10);
		expect(requestsTo(sandbox, TRACK)).toBe(3);
	});

	test('a queued request (202, maintenance) counts as taken, and the hint says so', async () => {
		sandbox.faults.add({
			service: 'braze',
			path: '/users/track',
			kind: 'status',
			status: 202,
			body: { message: 'queued' },
		});
		const { items, hints } = await runBraze(sandbox, track(), users(2));
		expect(items).toHaveLength(2);
		expect(hints[0]?.message).toContain('maintenance');
	});

	test('the hint says what it came to', async () => {
		const { hints } = await runBraze(sandbox, track(), users(160));
		expect(hints[0]?.message).toContain('160 items in 3 requests');
		expect(hints[0]?.message).toContain('160 data points');
	});
});

describe('Track explains what went wrong', () => {
	test('a wrong key, without ever showing it', async () => {
		const apiKey = 'wrong-key-0123456789';
		const { error, run } = await runBraze(sandbox, track(), users(1), { credential: { apiKey } });
		expect(error?.message).toContain('does not know this API key');
		expect(error?.httpCode).toBe('401');
		expect(JSON.stringify(run)).not.toContain(apiKey);
	});

	test('a host where nothing listens', async () => {
		const { error } = await runBraze(
			sandbox,
			{ ...track(), requestSettings: { longestWait: 0, tries: 2 } },
			users(1),
			{
				credential: { baseUrl: 'http://127.0.0.1:9' },
			},
		);
		expect(error?.message).toContain('could not be reached at 127.0.0.1:9: nothing listens there');
		expect(error?.description).toContain('Braze credential');
	});

	test('an address that is none', async () => {
		const { error } = await runBraze(sandbox, track(), users(1), {
			credential: { baseUrl: 'braze.example/path' },
		});
		expect(error?.message).toContain('URL in the Braze credential');
	});

	test.each([
		['no user', {}, [{ tier: 'gold' }], '"External ID" is empty'],
		['no attribute', {}, [{ external_id: 'a' }], 'finds no attribute'],
		['a bad name', {}, [{ external_id: 'a', $x: 1 }], '"$x"'],
		['an ID that is too long', {}, [{ external_id: 'ü'.repeat(500), a: 1 }], 'longer than 987 bytes'],
		['an address that is none', { identifyBy: 'email' }, [{ email: 'x@y', a: 1 }], 'no address'],
		[
			'broken JSON',
			{ attributesFrom: 'json', attributesJson: '{"a":' },
			[{ external_id: 'a' }],
			'is no JSON',
		],
		['nothing to send', { send: [] }, [{ external_id: 'a', b: 1 }], '"Send" is empty'],
		['a bad date', { send: ['event'], eventName: 'e', eventTime: 'soon' }, [{ external_id: 'a' }], 'no date'],
		[
			'seconds since 1970',
			{ send: ['event'], eventName: 'e', eventTime: '={{ 1780300800 }}' },
			[{ external_id: 'a' }],
			'seconds',
		],
		[
			'a reserved property',
			{ send: ['event'], eventName: 'e', eventProperties: '{"time": 1}' },
			[{ external_id: 'a' }],
			'reserves',
		],
		[
			'a bad currency',
			{ send: ['purchase'], productId: 'p', currency: 'euro' },
			[{ external_id: 'a' }],
			'"Currency"',
		],
		[
			'a bad quantity',
			{ send: ['purchase'], productId: 'p', quantity: 101 },
			[{ external_id: 'a' }],
			'"Quantity"',
		],
	])('%s, before anything is sent', async (_case, parameters, input, words) => {
		const { error } = await runBraze(sandbox, track(parameters), input as IDataObject[]);
		expect(`${error?.message} ${error?.description}`).toContain(words);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});
});

test('the output schema of Track describes items as they came in, and the summary', async () => {
	const skipping = { skipUnchanged: true };
	const item = { external_id: 'user-0', tier: 'gold' };
	const { items } = await runBraze(sandbox, track({ options: skipping }), [item]);
	const summary = await runBraze(sandbox, track({ options: skipping, output: 'summary' }), [item]);
	const fields = [...items, ...summary.items].map(({ json: { tier: _, ...json } }) => json);
	expectSchema('Braze', 'user/track', fields);
});
