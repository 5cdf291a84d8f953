import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IRun } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { engine, taskOf } from '../nodes/n8n.mts';
import { voucherifyCall } from '../sandbox/voucherify-call.mts';
import { OURS, PACKAGE, readTemplate, runTemplate } from './template.mts';

const FILES = readdirSync('workflows').filter((file) => file.endsWith('.json'));

let sandbox: Sandbox;
afterEach(async () => await sandbox?.close());

/** The items that a node of a run gave. */
const itemsOf = (run: IRun, node: string) => taskOf(run, node).data?.main?.[0] ?? [];
const attributesOf = (externalId: string) => ({
	...sandbox.braze.state.getUser({ external_id: externalId })?.customAttributes,
});
const requestsTo = (route: string) => sandbox.log.totals[route] ?? 0;

/** The codes that Voucherify handed out, by customer. */
function codes(): Map<string | undefined, string[]> {
	const owned = new Map<string | undefined, string[]>();
	for (const { customer, vouchers } of sandbox.voucherify.state.publications.all) {
		owned.set(customer.sourceId, [
			...(owned.get(customer.sourceId) ?? []),
			...vouchers.map(({ code }) => code),
		]);
	}
	return owned;
}

/** Expects one code each for so many customers, no code twice, and each on its owner's profile. */
function expectOneCodeEach(customers: number): void {
	const owned = codes();
	expect(owned.size).toBe(customers);
	expect(new Set([...owned.values()].flat()).size).toBe(customers);
	const astray = [...owned].filter(
		([owner, mine]) => mine.length !== 1 || attributesOf(String(owner)).voucherify_summer_code !== mine[0],
	);
	expect(astray).toEqual([]);
}

describe('Manual distribution', () => {
	const template = readTemplate('01-manual-distribution.json');

	test('10,000 customers get 10,000 codes in at most 134 track requests; running it again hands out none', async () => {
		sandbox = await startSandbox({ customers: 10_000 });
		expect((await runTemplate(template, sandbox)).data.resultData.error).toBeUndefined();
		expectOneCodeEach(10_000);
		expect(requestsTo('POST /users/track')).toBe(134);

		const before = codes();
		await runTemplate(template, sandbox);
		expect(codes()).toEqual(before);
		expectOneCodeEach(10_000);
	}, 300_000);
});

describe('Event-driven', () => {
	test('a published code becomes attributes and an event of its customer', async () => {
		sandbox = await startSandbox({ customers: 1 });
		const webhook = {
			event: 'publication.succeeded',
			event_id: 'whs_1',
			created_at: '2026-06-01T08:00:00.000Z',
			customer: { source_id: 'customer-000001' },
			voucher: { code: 'SUMMER-1', discount: { type: 'PERCENT', percent_off: 20 } },
			campaign: { name: 'Summer' },
		};
		const { data } = await runTemplate(readTemplate('02-event-driven.json'), sandbox, [{ json: webhook }]);
		expect(data.resultData.error).toBeUndefined();
		expect(attributesOf('customer-000001')).toMatchObject({
			voucherify_code: 'SUMMER-1',
			voucherify_value: '20%',
			voucherify_campaign: 'Summer',
		});
		expect(sandbox.braze.state.getUser({ external_id: 'customer-000001' })?.events).toMatchObject([
			{ name: 'voucherify.publication.succeeded' },
		]);
	});
});

describe('Promotion code list', () => {
	test('a campaign becomes the file that Braze takes, and its snippet', async () => {
		sandbox = await startSandbox({ codes: 5_000, exportMs: 20 });
		const run = await runTemplate(readTemplate('03-promotion-code-list.json'), sandbox);
		expect(run.data.resultData.error).toBeUndefined();
		const [list] = itemsOf(run, 'Format the list');
		const { core } = await engine();
		const { Container } = await import('@n8n/di');
		const file = list?.binary?.data;
		if (file === undefined) throw new Error('There is no file');
		const text = (await Container.get(core.BinaryDataService).getAsBuffer(file)).toString('utf8');
		const rows = text.trimEnd().split('\n');
		expect(rows).toHaveLength(5_000);
		expect(new Set(rows).size).toBe(5_000);
		expect(rows.filter((row) => !/^[A-Za-z0-9-]+$/.test(row))).toEqual([]);
		expect(itemsOf(run, 'Snippet for the message')[0]?.json.snippet).toBe("{% promotion('newsletter') %}");
	});
});

describe('Recurring', () => {
	test('who is new gets a welcome code, and the next run gives the same one', async () => {
		sandbox = await startSandbox({ customers: 30 });
		const { url, applicationId, secretKey } = sandbox.voucherify;
		for (const sourceId of ['new-1', 'new-2']) {
			await fetch(`${url}/v1/customers`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-app-id': applicationId, 'x-app-token': secretKey },
				body: JSON.stringify({ source_id: sourceId }),
			});
		}
		const template = readTemplate('04-recurring.json');
		expect((await runTemplate(template, sandbox)).data.resultData.error).toBeUndefined();
		expect([...codes().keys()].sort()).toEqual(expect.arrayContaining(['new-1', 'new-2']));
		const before = codes();
		expect(attributesOf('new-1').voucherify_welcome_code).toBe(before.get('new-1')?.[0]);
		await runTemplate(template, sandbox);
		expect(codes()).toEqual(before);
	});
});

describe('Birthday', () => {
	const template = readTemplate('12-birthday-gift.json');
	const BORN = {
		'born-today': '1990-05-17',
		'born-yesterday': '1985-05-16T00:00:00Z',
		'born-tomorrow': '1970-05-18',
		'born-at-new-year': '1999-12-31',
		'born-on-leap-day': '1996-02-29',
	};

	/** Runs the workflow as if it were noon of a day. */
	async function runOn(day: string): Promise<void> {
		const offset = Date.parse(`${day}T16:00:00Z`) - Date.now();
		const real = Date.now.bind(Date);
		const now = jest.spyOn(Date, 'now').mockImplementation(() => real() + offset);
		try {
			expect((await runTemplate(template, sandbox)).data.resultData.error).toBeUndefined();
		} finally {
			now.mockRestore();
		}
	}
	const cards = () => Object.fromEntries([...codes()].map(([customer, mine]) => [customer, mine.length]));

	beforeEach(async () => {
		sandbox = await startSandbox({ customers: 10 });
		const call = voucherifyCall(sandbox);
		for (const [source_id, birthdate] of Object.entries(BORN))
			await call('POST', '/v1/customers', { source_id, birthdate });
		await call('POST', '/v1/customers', { name: 'Nobody to Braze', birthdate: BORN['born-today'] });
	});

	test('whose birthday it is or was yesterday gets a gift card on their profile, and one only, however often it runs', async () => {
		await runOn('2027-05-17');
		expect(cards()).toEqual({ 'born-today': 1, 'born-yesterday': 1 });
		const given = codes();
		expect(attributesOf('born-today')).toMatchObject({
			voucherify_birthday_code: given.get('born-today')?.[0],
			voucherify_birthday_balance: 25,
		});
		await runOn('2027-05-17');
		expect(codes()).toEqual(given);
		await runOn('2027-05-18');
		expect(cards()).toEqual({ 'born-today': 1, 'born-yesterday': 1, 'born-tomorrow': 1 });
	});

	test('the next birthday brings another one', async () => {
		await runOn('2027-05-17');
		const [first] = codes().get('born-today') ?? [];
		await runOn('2028-05-17');
		const [, second] = codes().get('born-today') ?? [];
		expect(second).toMatch(/^GIFT-/);
		expect(second).not.toBe(first);
		expect(attributesOf('born-today').voucherify_birthday_code).toBe(second);
	});

	test('a birthday on New Year’s Eve counts once, although a year begins between its two runs', async () => {
		await runOn('2027-12-31');
		await runOn('2028-01-01');
		expect(cards()).toEqual({ 'born-at-new-year': 1 });
	});

	test('who was born on 29 February has a birthday each year', async () => {
		await runOn('2027-02-28');
		expect(cards()).toEqual({ 'born-on-leap-day': 1 });
		await runOn('2028-02-28');
		expect(cards()).toEqual({ 'born-on-leap-day': 1 });
		await runOn('2028-02-29');
		expect(cards()).toEqual({ 'born-on-leap-day': 2 });
	});
});

describe('Queue mode', () => {
	test("a chunk's customers get a code each, and none again when the chunk is delivered twice", async () => {
		sandbox = await startSandbox({ customers: 300 });
		const template = readTemplate('15-queue-mode-split-distribution.json');
		// The upper row and the webhook are n8n's own; npm run test:queue runs the whole.
		const from = template.nodes.findIndex(({ name }) => name === 'Its customers');
		const chunk = { ...template, nodes: template.nodes.slice(from) };
		const customers = Array.from({ length: 300 }, (_, n) => ({
			json: { source_id: `customer-${String(n + 1).padStart(6, '0')}` },
		}));
		for (const _delivery of [1, 2]) {
			expect((await runTemplate(chunk, sandbox, customers)).data.resultData.error).toBeUndefined();
			expectOneCodeEach(300);
		}
		expect(requestsTo('POST /users/track')).toBe(2 * (300 / 75));
	});
});

test('no trigger has version 1, which n8n takes for its own Webhook node of old and reads by an expression with each call', () => {
	const triggers = Object.values(OURS)
		.map((make) => make().description)
		.filter(({ webhooks }) => webhooks !== undefined);
	expect(triggers.map(({ name, version }) => [name, version])).toEqual([
		['voucherifyTrigger', 2],
		['brazeTrigger', 2],
	]);
});

describe('Every template', () => {
	test.each(FILES)(
		'%s can be imported as it is: published node types, no credentials, an explanation',
		(file) => {
			const text = readFileSync(join('workflows', file), 'utf8');
			const { nodes, connections } = readTemplate(file);
			const types = nodes.map(({ type }) => type);
			expect(
				types.filter((type) => !/^n8n-nodes-base\./.test(type) && !type.startsWith(`${PACKAGE}.`)),
			).toEqual([]);
			for (const { type, typeVersion } of nodes)
				expect(OURS[type]?.().description.version ?? typeVersion).toBe(typeVersion);
			expect(types).toContain('n8n-nodes-base.stickyNote');
			expect(text).not.toContain('"credentials"');
			const names = new Set(nodes.map(({ name }) => name));
			expect(Object.keys(connections).filter((name) => !names.has(name))).toEqual([]);
		},
	);
});
