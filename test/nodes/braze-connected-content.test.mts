import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Braze } from '../../nodes/Braze/Braze.node';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, voucherifyCall } from '../sandbox/voucherify-call.mts';
import type { ConnectedContentManners, Transport } from './braze-connected-content-tag.mts';
import { BrazeMessages, type LiquidProfile, type Rendered, type Sending } from './braze-message.mts';
import { type Attributes, usersOfSeed } from './braze-profiles.mts';
import { runNode, type NodeRun } from './n8n.mts';
import { expectSchema } from './output-schema.mts';
import { startServer } from './scripted-server.mts';
import { jsonOf } from './voucherify.mts';

/** Voucherify's documentation says both of a repeated `source_id`. */
const MODES = ['return', 'refuse'] as const;
const sandboxes = new Map<(typeof MODES)[number], Sandbox>();
const sandboxOf = (mode: (typeof MODES)[number]): Sandbox => {
	const started = sandboxes.get(mode);
	if (started === undefined) throw new Error('The sandbox is not started');
	return started;
};
let sandbox: Sandbox;

beforeAll(async () => {
	for (const mode of MODES) sandboxes.set(mode, await startSandbox({ duplicateSourceId: mode }));
	sandbox = sandboxOf('return');
});
beforeEach(() => sandboxes.forEach((each) => each.reset()));
afterAll(async () => await Promise.all([...sandboxes.values()].map(async (each) => await each.close())));

const CAMPAIGN: Sending = {
	campaign: { api_id: '5f0c6a52-6f0e-4a53-9a4d-2d1f6f0a7b11', dispatch_id: 'd-1' },
};
const AGAIN: Sending = { campaign: { ...CAMPAIGN.campaign, dispatch_id: 'd-2' } };
const OTHER_CAMPAIGN: Sending = {
	campaign: { api_id: '8d1b7f9e-30b2-4c43-8f5e-6a4c1f0d9c22', dispatch_id: 'd-3' },
};
const CANVAS: Sending = {
	canvas: { api_id: '0e9f4c7a-8b1d-4d25-a6c3-5b7f2e1d9f55' },
	campaign: { api_id: 'the step', dispatch_id: 'd-1' },
};

interface Made {
	readonly snippet: string;
	readonly shows: string;
	readonly useCase: string;
	readonly warnings: readonly string[];
}

/** Runs Create Snippet, without any credential: nothing is sent. */
async function create(useCase: string, parameters: INodeParameters = {}): Promise<NodeRun> {
	return await runNode({
		node: new Braze(),
		parameters: {
			resource: 'connectedContent',
			operation: 'createSnippet',
			useCase,
			applicationId: sandbox.voucherify.applicationId,
			secretKey: sandbox.voucherify.secretKey,
			...parameters,
		},
	});
}

async function made(useCase: string, parameters: INodeParameters = {}): Promise<Made> {
	const { items, error } = await create(useCase, parameters);
	expect(error).toBeUndefined();
	return items[0]?.json as IDataObject & Made;
}

/** A message with what a snippet shows in square brackets, on a line of its own. */
const messageOf = ({ snippet, shows }: Made) => `${snippet}\nYour code: [${shows}]`;

/** Sends what Braze would to Voucherify to the sandbox instead; its keys are the same in all modes. */
function toSandbox({ voucherify }: Sandbox = sandbox): Transport {
	return async ({ method, url, headers, body }) => {
		const { applicationId, secretKey } = voucherify;
		const keys = { 'X-App-Id': applicationId, 'X-App-Token': secretKey };
		const answer = await fetch(url.replace('https://api.voucherify.io', voucherify.url), {
			method,
			headers: { ...headers, ...(headers['X-App-Id'] === undefined ? {} : keys) },
			...(body === undefined ? {} : { body }),
			redirect: 'manual',
		});
		return { status: answer.status, body: await answer.text() };
	};
}

function braze(more: Partial<ConnectedContentManners> = {}): BrazeMessages {
	return new BrazeMessages({
		transport: toSandbox(),
		now: () => sandbox.clock.millis(),
		savesErrors: false,
		...more,
	});
}

const shown = (rendered: Rendered): string => {
	if ('aborted' in rendered) throw new Error(`The message was aborted: ${rendered.aborted}`);
	const [, text] = /^Your code: \[(.*)\]$/s.exec(rendered.text) ?? [];
	if (text === undefined) throw new Error(`The snippet leaves marks in the message: ${rendered.text}`);
	return text;
};

const users = async (...attributes: readonly Attributes[]) => {
	const [first = {}, second = {}] = await usersOfSeed(
		sandbox,
		attributes.length > 1 ? attributes : [...attributes, {}, {}].slice(0, 2),
	);
	return [first, second] as const;
};

/** The codes that a user holds in Voucherify. */
const heldBy = ({ user_id = '' }: LiquidProfile, { voucherify }: Sandbox = sandbox): readonly string[] => {
	const customer = voucherify.state.customers.find(user_id);
	const publications = customer === undefined ? [] : voucherify.state.publications.ofCustomer(customer);
	return publications.flatMap(({ vouchers }) => vouchers.map(({ code }) => code));
};

const call = (...args: Parameters<ReturnType<typeof voucherifyCall>>) => voucherifyCall(sandbox)(...args);

async function publishTo({ user_id = '' }: LiquidProfile, campaign: string): Promise<string> {
	const { data } = await call('POST', '/v1/publications', publicationOf(user_id, campaign));
	return String(data.voucher.code);
}

describe.each(MODES)('A published code, where Voucherify would %s a repeated source_id', (mode) => {
	test.each([
		['publishCode', 'Summer Sale 20%', CAMPAIGN, 'campaign'],
		['publishCode', 'Newsletter Codes', CANVAS, 'canvas'],
		['inviteReferrers', 'Refer a Friend', CAMPAIGN, 'campaign'],
	] as const)(
		'is the one in Voucherify, however often Braze renders the message (%s, %s)',
		async (useCase, campaign, sending, message) => {
			const [ada, eve] = await users({}, {});
			const template = messageOf(await made(useCase, { campaign, message }));
			const messages = braze({ transport: toSandbox(sandboxOf(mode)) });
			const codes: string[] = [];
			for (const user of [ada, eve, ada, eve, ada]) {
				codes.push(shown(await messages.render(template, user, sending)));
				// Braze may forget an answer at any time.
				if (codes.length > 2) messages.cache.clear();
			}
			const [ofAda = '', ofEve = ''] = codes;
			expect(codes).toEqual([ofAda, ofEve, ofAda, ofEve, ofAda]);
			expect(ofAda).not.toBe(ofEve);
			expect(heldBy(ada, sandboxOf(mode))).toEqual([ofAda]);
			expect(heldBy(eve, sandboxOf(mode))).toEqual([ofEve]);
		},
	);

	test('that is personalised begins with the name, and is made once', async () => {
		const [ada, eve] = await users({}, {});
		const template = messageOf(
			await made('personalCode', { campaign: 'Summer Sale 20%', codeStart: 'HI-', prefixFrom: 'firstName' }),
		);
		const messages = braze({ transport: toSandbox(sandboxOf(mode)) });
		// Two users of one name.
		const profiles = [ada, { ...eve, first_name: ada.first_name ?? '' }, ada];
		const codes: string[] = [];
		for (const profile of profiles) {
			codes.push(shown(await messages.render(template, profile, CAMPAIGN)));
			messages.cache.clear();
		}
		expect(codes[0]).toMatch(new RegExp(`^HI-${ada.first_name?.toUpperCase()}-[0-9A-F]{12}$`));
		expect(codes[2]).toBe(codes[0]);
		expect(codes[1]).not.toBe(codes[0]);
		expect(heldBy(ada, sandboxOf(mode))).toEqual([codes[0]]);
		expect(heldBy(eve, sandboxOf(mode))).toEqual([codes[1]]);
	});
});

describe('When a user gets the same code again', () => {
	const codesBy = async (sourceId: string): Promise<readonly string[]> => {
		const [ada, eve] = await users({}, {});
		const template = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%', sourceId }));
		const messages = braze();
		const codes: string[] = [];
		for (const [user, sending] of [
			[ada, CAMPAIGN],
			[ada, AGAIN],
			[ada, OTHER_CAMPAIGN],
			[eve, CAMPAIGN],
		] as const) {
			messages.cache.clear();
			codes.push(shown(await messages.render(template, user, sending)));
		}
		return codes;
	};
	/** Which of the four messages have the same code. */
	const pattern = (codes: readonly string[]) => codes.map((code) => 'ABCD'[codes.indexOf(code)]).join('');

	test.each([
		['campaignUser', 'AACD'],
		['sendOutUser', 'ABCD'],
		['user', 'AAAD'],
		['joinOnce', 'AAAD'],
		['campaign', 'AACA'],
		['sendOut', 'ABCA'],
	])('depends on what the source_id is made of (%s)', async (sourceId, expected) => {
		expect(pattern(await codesBy(sourceId))).toBe(expected);
	});

	test.each(['campaign', 'sendOut'])('one code for everybody comes with a warning (%s)', async (sourceId) => {
		const { warnings } = await made('publishCode', { campaign: 'Summer Sale 20%', sourceId });
		expect(warnings[0]).toContain('everybody who gets the message gets one and the same code');
	});

	test('a campaign that customers join once takes no source_id, and everybody keeps their code', async () => {
		const [ada, eve] = await users({}, {});
		const template = messageOf(
			await made('publishCode', { campaign: 'One per Customer', sourceId: 'joinOnce' }),
		);
		expect(template).not.toContain('{{source_id');
		const messages = braze();
		const codes: string[] = [];
		for (const user of [ada, eve, ada]) codes.push(shown(await messages.render(template, user, CAMPAIGN)));
		expect(heldBy(ada)).toEqual([codes[0]]);
		expect([heldBy(eve)[0], codes[0]]).toEqual([codes[1], codes[2]]);
	});

	test('two snippets of one message bring two codes, each with a suffix and a variable', async () => {
		const [ada] = await users({});
		const one = await made('publishCode', { campaign: 'Summer Sale 20%' });
		const two = await made('publishCode', {
			campaign: 'Welcome Gift Card',
			options: { suffix: 'gift', variable: 'gift' },
		});
		const template = `${one.snippet}${two.snippet}Your code: [${one.shows} ${two.shows}]`;
		const text = shown(await braze().render(template, ada, CAMPAIGN));
		expect(text).toMatch(/^SUMMER-\w+ GIFT-\w+$/);
		expect(text.split(' ')).toEqual(heldBy(ada));
	});
});

describe('Nobody gets the code of another', () => {
	test("when somebody takes cache_id out of the URL: Braze's cache answers for the first one, and the snippet does not show it", async () => {
		const [ada, eve] = await users({}, {});
		const good = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%' }));
		const template = good.replace(/cache_id=.*/, '');
		expect(template).not.toContain('cache_id=');
		const messages = braze();
		const ofAda = shown(await messages.render(template, ada, CAMPAIGN));
		expect(heldBy(ada)).toEqual([ofAda]);
		expect(await messages.render(template, eve, CAMPAIGN)).toEqual({
			aborted: 'No answer from Connected Content',
		});
	});

	test('when users have no ID: no call is made for them', async () => {
		const nobody: LiquidProfile = { braze_id: 'b-1', custom_attribute: {} };
		const template = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%' }));
		expect(await braze().render(template, nobody, CAMPAIGN)).toHaveProperty('aborted');
		expect(await braze().render(template, { ...nobody, user_id: ' ' }, CAMPAIGN)).toHaveProperty('aborted');
		expect(sandbox.log.entries()).toEqual([]);
	});

	test('when a message has no ID of a campaign, as in a Canvas that uses the form for campaigns', async () => {
		const [ada] = await users({});
		const template = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%' }));
		const before = sandbox.voucherify.state.publications.count;
		expect(await braze().render(template, ada, { canvas: CANVAS.canvas ?? {} })).toHaveProperty('aborted');
		expect(sandbox.voucherify.state.publications.count).toBe(before);
	});

	test.each([
		['brazeId', (user: LiquidProfile) => user.braze_id],
		['email', (user: LiquidProfile) => user.email_address],
		['phone', (user: LiquidProfile) => user.phone_number],
		['attribute', () => '4711'],
	])('whichever field says who a customer is (%s)', async (customer, idOf) => {
		const [ada] = await users({ 'crm id': 4711 });
		const template = messageOf(
			await made('publishCode', { campaign: 'Free Coffee', customer, customerAttribute: 'crm id' }),
		);
		const code = shown(await braze().render(template, ada, CAMPAIGN));
		expect(heldBy({ user_id: idOf(ada) ?? '' })).toEqual([code]);
	});

	test('when two users would have the same code: the second one gets none', async () => {
		const [ada, eve] = await users({ team: 'Reds' }, { team: 'reds' });
		const template = messageOf(
			await made('personalCode', {
				campaign: 'Free Coffee',
				prefixFrom: 'attribute',
				prefixAttribute: 'team',
				codeEnding: 'nothing',
			}),
		);
		expect(shown(await braze().render(template, ada, CAMPAIGN))).toBe('REDS');
		expect(await braze().render(template, eve, CAMPAIGN)).toHaveProperty('aborted');
		expect(heldBy(eve)).toEqual([]);
	});
});

describe('Without an answer', () => {
	test.each([true, false])(
		'the message is not sent, or shows a text (errors are saved: %s)',
		async (savesErrors) => {
			const [ada] = await users({ card: '404', voucherify_code: 'GONE' });
			const text = "None left: 'ask' us {{soon}} ${x} {% 10 % off %}";
			for (const [useCase, parameters] of [
				['publishCode', { campaign: 'Sold Out' }],
				['personalCode', { campaign: 'No such campaign' }],
				['loyaltyBalance', { codeAttribute: 'card' }],
				['resendCode', { codeAttribute: 'voucherify_code' }],
				['addGiftCredits', { codeAttribute: 'voucherify_code' }],
				['unusedCoupons', {}],
			] as const) {
				const aborts = await made(useCase, { ...parameters, onFailure: 'abort', reason: 'Nothing to show' });
				const messages = braze({ savesErrors });
				expect(await messages.render(messageOf(aborts), ada, CAMPAIGN)).toEqual({
					aborted: 'Nothing to show',
				});
				const says = await made(useCase, { ...parameters, onFailure: 'text', text });
				expect(shown(await messages.render(messageOf(says), ada, CAMPAIGN))).toBe(text);
			}
		},
	);

	test('with :retry Braze tries five times, and without it once', async () => {
		const [ada] = await users({});
		const template = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%' }));
		const once = messageOf(await made('publishCode', { campaign: 'Free Coffee', options: { retry: false } }));
		const fault = { service: 'voucherify', kind: 'status', status: 503, path: '/v1/publications' } as const;
		sandbox.faults.add({ ...fault, times: 4 });
		expect(heldBy(ada)).toEqual([]);
		const code = shown(await braze().render(template, ada, CAMPAIGN));
		expect(heldBy(ada)).toEqual([code]);
		sandbox.faults.add({ ...fault, times: 5 });
		expect(await braze().render(template, ada, OTHER_CAMPAIGN)).toEqual({
			aborted: 'Connected Content failed five times',
		});
		sandbox.faults.add({ ...fault, times: 2 });
		expect(await braze().render(once, ada, OTHER_CAMPAIGN)).toEqual({
			aborted: 'No answer from Connected Content',
		});
	});

	test('a code whose publication was lost on the way comes with the next try', async () => {
		const [ada] = await users({});
		const template = messageOf(await made('publishCode', { campaign: 'Summer Sale 20%' }));
		sandbox.faults.add({ service: 'voucherify', kind: 'reset', method: 'POST', when: 'after', times: 1 });
		const code = shown(await braze().render(template, ada, CAMPAIGN));
		expect(heldBy(ada)).toEqual([code]);
	});
});

describe('The cache', () => {
	const calls = () => sandbox.log.entries().filter(({ path }) => path.startsWith('/v1/')).length;

	test('makes one call of the parts of a message, for as long as it is told', async () => {
		const [ada] = await users({});
		const template = messageOf(
			await made('publishCode', { campaign: 'Summer Sale 20%', options: { cacheFor: 900 } }),
		);
		const messages = braze();
		const parts = async () => {
			for (let part = 0; part < 3; part++) await messages.render(template, ada, CAMPAIGN);
			return calls();
		};
		expect(await parts()).toBe(1);
		sandbox.clock.advance(890_000);
		expect(await parts()).toBe(1);
		sandbox.clock.advance(20_000);
		expect(await parts()).toBe(2);
	});

	test('left out makes a call of each part', async () => {
		const [ada] = await users({});
		const without = await made('publishCode', { campaign: 'Summer Sale 20%', options: { noCache: true } });
		const messages = braze();
		for (let part = 0; part < 3; part++) await messages.render(messageOf(without), ada, CAMPAIGN);
		expect(calls()).toBe(3);
		expect(without.warnings.join(' ')).toContain('count on two or three calls a message');
	});
});

describe('The code on a profile', () => {
	test('of a loyalty card shows its points, also when there are none', async () => {
		const card = await publishTo({ user_id: 'customer-000001' }, 'Loyalty Club');
		const [ada] = await users({ 'loyalty.card': card });
		const template = messageOf(await made('loyaltyBalance', { codeAttribute: 'loyalty.card' }));
		expect(shown(await braze().render(template, ada, CAMPAIGN))).toBe('100');
		await call('POST', `/v1/vouchers/${card}/balance`, { amount: -100 });
		expect(shown(await braze().render(template, ada, AGAIN))).toBe('0');
	});

	test('is shown once more while it can be used, and not after', async () => {
		const code = await publishTo({ user_id: 'customer-000001' }, 'Summer Sale 20%');
		const [ada, eve] = await users({ voucherify_code: ` ${code} ` }, {});
		const template = messageOf(await made('resendCode', { codeAttribute: 'voucherify_code' }));
		expect(shown(await braze().render(template, ada, CAMPAIGN))).toBe(code);
		expect(await braze().render(template, eve, CAMPAIGN)).toHaveProperty('aborted');
		await call('POST', '/v1/redemptions', {
			redeemables: [{ object: 'voucher', id: code }],
			order: { amount: 10_000 },
		});
		expect(await braze().render(template, ada, CAMPAIGN)).toHaveProperty('aborted');
	});

	test.each([
		['has expired', { expiration_date: '2020-01-01T00:00:00Z' }],
		['is disabled', { active: false }],
	])('that %s is not shown', async (_what, change) => {
		const code = await publishTo({ user_id: 'customer-000001' }, 'Summer Sale 20%');
		const [ada] = await users({ voucherify_code: code });
		const template = messageOf(await made('resendCode', { codeAttribute: 'voucherify_code' }));
		await call('PUT', `/v1/vouchers/${code}`, change);
		expect(await braze().render(template, ada, CAMPAIGN)).toHaveProperty('aborted');
	});
});

test('the unused coupons of a user are those that they can still use, and of nobody else', async () => {
	const [ada, eve] = await users({}, {});
	const unused = [await publishTo(ada, 'Summer Sale 20%'), await publishTo(ada, 'Free Coffee')];
	const [expired, redeemed] = [await publishTo(ada, 'Summer Sale 20%'), await publishTo(ada, '10 Euro Off')];
	await call('PUT', `/v1/vouchers/${expired}`, { expiration_date: '2020-01-01T00:00:00Z' });
	await call('POST', '/v1/redemptions', {
		redeemables: [{ object: 'voucher', id: redeemed }],
		order: { amount: 10_000 },
	});
	for (const campaign of ['Refer a Friend', 'Loyalty Club', 'Welcome Gift Card'])
		await publishTo(ada, campaign);
	await publishTo(eve, 'Summer Sale 20%');
	const all = messageOf(await made('unusedCoupons'));
	expect(new Set(shown(await braze().render(all, ada, CAMPAIGN)).split(', '))).toEqual(new Set(unused));
	const some = messageOf(await made('unusedCoupons', { onlyCampaign: 'Summer Sale 20%' }));
	expect(shown(await braze().render(some, ada, CAMPAIGN))).toBe(unused[0]);
});

describe('What adds at every call', () => {
	const cases = [
		['addGiftCredits', { codeAttribute: 'card', amount: 1000 }, 'Welcome Gift Card', 2500, 1000, '35.00'],
		['addLoyaltyPoints', { event: 'review_written' }, 'Loyalty Club', 100, 50, ''],
	] as const;

	test.each(cases)(
		'adds once for the parts of a message while Braze keeps the answer, and again when it does not (%s)',
		async (useCase, parameters, campaign, start, step, text) => {
			const card = await publishTo({ user_id: 'customer-000001' }, campaign);
			const [ada] = await users({ card });
			const balance = () => sandbox.voucherify.state.campaigns.getVoucher(card).credit?.balance;
			const template = messageOf(await made(useCase, parameters));
			const messages = braze();
			for (let part = 0; part < 3; part++)
				expect(shown(await messages.render(template, ada, CAMPAIGN))).toBe(text);
			expect(balance()).toBe(start + step);
			await messages.render(template, ada, OTHER_CAMPAIGN);
			expect(balance()).toBe(start + 2 * step);
			messages.cache.clear();
			await messages.render(template, ada, CAMPAIGN);
			expect(balance()).toBe(start + 3 * step);
		},
	);

	test.each(cases)('says so first, and never tries again by itself (%s)', async (useCase, parameters) => {
		const { snippet, warnings } = await made(useCase, {
			...parameters,
			options: { retry: true, noCache: true },
		});
		expect(warnings[0]).toMatch(/^Each call adds .* Where it must not happen, .* Canvas/);
		expect(snippet).not.toMatch(/:retry|:no_cache/);
		expect(snippet).toContain(':cache_max_age 14400');
	});

	test('makes no call without a send-out, which the cache could not tell from others', async () => {
		const card = await publishTo({ user_id: 'customer-000001' }, 'Welcome Gift Card');
		const [ada] = await users({ card });
		const template = messageOf(await made('addGiftCredits', { codeAttribute: 'card' }));
		const inApp: Sending = { campaign: { api_id: 'in-app' } };
		expect(await braze().render(template, ada, inApp)).toHaveProperty('aborted');
		expect(sandbox.voucherify.state.campaigns.getVoucher(card).credit?.balance).toBe(2500);
	});
});

describe('An answer of n8n', () => {
	const parameters = {
		webhookUrl: 'https://n8n.example.com/webhook/codes?shop=a b',
		headerName: 'X-Braze-Secret',
		headerSecret: 'a+secret/of=ours',
	};

	test('is asked for with what tells repeated calls apart, and shown', async () => {
		const [ada] = await users({});
		const server = await startServer(({ before }) => ({ body: { status: 'ok', code: `A-${before}` } }));
		const transport: Transport = async (request) => {
			const url = request.url.replace('https://n8n.example.com', server.url);
			return await toSandbox()({ ...request, url });
		};
		const template = messageOf(await made('serveFromN8n', parameters));
		const messages = braze({ transport });
		expect(shown(await messages.render(template, ada, CAMPAIGN))).toBe('A-0');
		const { api_id = '', dispatch_id = '' } = CAMPAIGN.campaign ?? {};
		const user_id = ada.user_id ?? '';
		const [request, ...others] = server.received;
		await server.close();
		expect(others).toEqual([]);
		expect(request?.method).toBe('POST');
		expect(request?.path).toBe(`/webhook/codes?shop=a%20b&cache_id=${api_id}${user_id}`);
		expect(request?.headers['x-braze-secret']).toBe(parameters.headerSecret);
		expect(JSON.parse(request?.body ?? '')).toEqual({
			campaign_id: api_id,
			dispatch_id,
			user_id,
			key: `${api_id}${user_id}`,
		});
	});

	test.each([true, false])(
		'that is an error is never shown, although it has a field "code" (errors are saved: %s)',
		async (savesErrors) => {
			const [ada] = await users({});
			const body = JSON.stringify({ code: 404, message: 'The requested webhook is not registered.' });
			const messages = braze({ savesErrors, transport: async () => ({ status: 404, body }) });
			const template = messageOf(
				await made('serveFromN8n', { ...parameters, onFailure: 'text', text: 'none' }),
			);
			expect(shown(await messages.render(template, ada, CAMPAIGN))).toBe('none');
		},
	);

	test('that is a failure is not kept: the next part of the message asks again, unless the user wants it kept', async () => {
		const [ada] = await users({});
		const messages = braze({
			transport: toTwo({ status: 'timeout' }, { status: 'success', code: 'A-1' }),
		});
		const template = messageOf(
			await made('serveFromN8n', { ...parameters, onFailure: 'text', text: 'none' }),
		);
		expect(shown(await messages.render(template, ada, CAMPAIGN))).toBe('none');
		expect(shown(await messages.render(template, ada, CAMPAIGN))).toBe('A-1');
		const kept = await made('serveFromN8n', { ...parameters, options: { cacheFor: 600 } });
		expect(kept.snippet).toContain(':cache_max_age 600');
	});

	/** Answers one after the other. */
	function toTwo(...answers: IDataObject[]): Transport {
		return async () => ({ status: 200, body: JSON.stringify(answers.shift()) });
	}

	test('by the test URL is warned of', async () => {
		const webhookUrl = 'https://n8n.example.com/webhook-test/codes';
		const { warnings } = await made('serveFromN8n', { ...parameters, webhookUrl });
		expect(warnings[0]).toContain('test URL');
	});
});

test("a script in the form of Voucherify's own, with pairs for a body, gets its code in the same way", async () => {
	const [ada] = await users({});
	const script = `
		{% assign braze_campaign = {{campaign.\${api_id}}} %}
		{% assign id = braze_campaign | append: {{\${user_id}}} %}
		{% connected_content
			https://api.voucherify.io/v1/publications?cache_id={{id}}
			:method post
			:headers {
				"X-App-Id": "${sandbox.voucherify.applicationId}",
				"X-App-Token": "${sandbox.voucherify.secretKey}"
			}
			:body campaign=Newsletter&customer={{\${user_id}}}&channel=Braze&source_id={{id}}
			:content_type application/json
			:cache_max_age
			:retry
			:save theirs
		%}{{theirs.voucher.code}}`.replace('=Newsletter&', `=${newsletter()}&`);
	const rendered = await braze().render(script, ada, CAMPAIGN);
	expect(rendered).toHaveProperty('text');
	expect('text' in rendered && rendered.text.trim()).toBe(heldBy(ada)[0]);
	// Who replaces such a script by a snippet of ours keeps the codes that were sent.
	const ours = messageOf(await made('publishCode', { campaign: 'Newsletter Codes' }));
	expect(shown(await braze().render(ours, ada, CAMPAIGN))).toBe(heldBy(ada)[0]);
	expect(heldBy(ada)).toHaveLength(1);
});

function newsletter(): string {
	return sandbox.voucherify.state.campaigns.get('Newsletter Codes').id;
}

describe('The node', () => {
	test('warns on the output pane and on the item that keys are seen by who edits messages', async () => {
		const { items, hints } = await create('publishCode', { campaign: 'Summer Sale 20%' });
		const [hint] = hints.map(({ message }) => message);
		const warnings = (items[0]?.json as IDataObject & Made).warnings;
		expect(warnings.join(' ')).toContain('Everybody who can edit messages in Braze sees the keys');
		for (const warning of warnings) expect(hint).toContain(warning);
	});

	test('leaves placeholders for the keys unless they are entered', async () => {
		const { items } = await runNode({
			node: new Braze(),
			parameters: { resource: 'connectedContent', operation: 'createSnippet', campaign: 'x' },
		});
		expect(items[0]?.json.snippet).toContain('"X-App-Token": "VOUCHERIFY-APP-TOKEN"');
	});

	test.each([
		['https://us1.api.voucherify.io', '', 'https://us1.api.voucherify.io/v1/publications?'],
		['custom', 'https://acme.api.voucherify.io/', 'https://acme.api.voucherify.io/v1/publications?'],
	])('calls the project where it lives (%s)', async (region, baseUrl, expected) => {
		const { snippet } = await made('publishCode', { campaign: 'x', region, baseUrl });
		expect(snippet).toContain(`{% connected_content ${expected}`);
	});

	test('makes a snippet of each item', async () => {
		const { items } = await runNode({
			node: new Braze(),
			parameters: {
				resource: 'connectedContent',
				operation: 'createSnippet',
				campaign: '={{ $json.campaign }}',
			},
			input: [{ campaign: 'One' }, { campaign: 'Two' }],
		});
		expect(items.map(({ json }) => /"name": "(\w+)"/.exec(String(json.snippet))?.[1])).toEqual([
			'One',
			'Two',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test.each<[string, string, INodeParameters, string]>([
		['no campaign', 'publishCode', { campaign: ' ' }, '"Campaign" is empty'],
		['half an emoji', 'publishCode', { campaign: 'a \ud83c' }, '"Campaign" holds half of a character'],
		['no campaign to make codes in', 'personalCode', { campaign: ' ' }, '"Campaign" is empty'],
		[
			'a start that is no code',
			'personalCode',
			{ campaign: 'x', codeStart: 'a b' },
			'"Code Starts With" is "a b"',
		],
		[
			'a key that is none',
			'publishCode',
			{ campaign: 'x', secretKey: 'sec"ret' },
			'"Application Token" has signs',
		],
		['no attribute', 'loyaltyBalance', { codeAttribute: ' ' }, '"Code Attribute" is empty'],
		[
			'an attribute that breaks Liquid',
			'resendCode',
			{ codeAttribute: 'a} %}' },
			'"Code Attribute" contains "}"',
		],
		['no event', 'addLoyaltyPoints', { event: ' ' }, '"Event" is empty'],
		['no amount', 'addGiftCredits', { codeAttribute: 'c', amount: 0 }, '"Amount (Cents)" is 0'],
		['a reason that breaks Liquid', 'unusedCoupons', { reason: "it's" }, '"Reason" contains "\'"'],
		['a port', 'unusedCoupons', { region: 'custom', baseUrl: 'https://a.example.com:8443' }, '"URL" is '],
		['a path', 'unusedCoupons', { region: 'custom', baseUrl: 'https://a.example.com/v1' }, '"URL" is '],
		['a variable', 'unusedCoupons', { options: { variable: 'a b' } }, '"Variable" is "a b"'],
		['a suffix', 'publishCode', { campaign: 'x', options: { suffix: "'" } }, '"Source ID Suffix" is'],
		['a short cache', 'unusedCoupons', { options: { cacheFor: 60 } }, '"Cache For (Seconds)" is 60'],
		['no URL', 'serveFromN8n', { webhookUrl: 'n8n.example.com' }, '"Production URL" is'],
		[
			'a secret that breaks Liquid',
			'serveFromN8n',
			{ webhookUrl: 'https://n8n.example.com/webhook/x', headerSecret: 'sec%}ret' },
			'"Secret" has signs that could break the Liquid tag',
		],
		[
			'a header that is none',
			'serveFromN8n',
			{ webhookUrl: 'https://n8n.example.com/webhook/x', headerName: 'a: b' },
			'"Header" is "a: b"',
		],
		[
			'a field of the answer that is none',
			'serveFromN8n',
			{ webhookUrl: 'https://n8n.example.com/webhook/x', answerField: 'a }}' },
			'"Answer Field" is "a }}"',
		],
	])('refuses %s', async (_what, useCase, parameters, message) => {
		const { error } = await create(useCase, parameters);
		expect(error?.message).toContain(message);
		// An error goes into logs, and a key does not.
		for (const secret of [parameters.headerSecret, parameters.secretKey])
			if (secret !== undefined) expect(`${error?.message} ${error?.description}`).not.toContain(secret);
	});

	test('gives what its output schema describes', async () => {
		const { items } = await create('publishCode', { campaign: 'Summer Sale 20%' });
		expectSchema('Braze', 'connectedContent/createSnippet', jsonOf(items));
	});
});
