import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startServer, type Answer, type Received, type ScriptedServer } from '../nodes/scripted-server.mts';
import { itemWithFile } from '../nodes/binary.mts';
import { failureOf } from '../nodes/voucherify.mts';
import { serveTrigger } from '../nodes/webhook-server.mts';
import { accommodating } from './hostile-service.mts';
import { PUBLISHED_RUNS, runPublished, type PublishedRun } from './published-operations.mts';
import { Tally } from './tally.mts';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'] as const;
/** Properties of those names, as JSON has them: all are own ones. */
const asData = (value: unknown): string =>
	`{${NAMES.map((name) => `"${name}": ${JSON.stringify(value)}`).join(', ')}}`;
const parsed = (value: unknown): IDataObject => JSON.parse(asData(value)) as IDataObject;

const tally = new Tally();
let server: ScriptedServer;
let script: (request: Received) => Answer;
beforeAll(async () => {
	server = await startServer((request) => script(request));
});
beforeEach(() => {
	script = accommodating;
	server.received.length = 0;
});
afterAll(async () => await server.close());

/** What the prototypes of all objects and arrays are like: nothing may add to them or change them. */
const shapes = (): unknown =>
	[Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
		Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)]),
	);
const before = shapes();
afterEach(() => {
	expect(shapes()).toEqual(before);
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

function published(operation: string, way = 1): PublishedRun {
	const name = way === 1 ? operation : `${operation}, way ${way}`;
	const run = PUBLISHED_RUNS.find((one) => one.name === name);
	if (run === undefined) throw new Error(`There is no ${name}`);
	return run;
}

/** What was sent as JSON. */
const bodies = (): IDataObject[] => server.received.map(({ body }) => JSON.parse(body) as IDataObject);

describe('Names of prototypes are data:', () => {
	test('as fields of an item that become attributes', async () => {
		const { failed, error } = await runPublished(published('user.track'), server.url, {
			items: [{ json: withNames({ external_id: 'user-2' }) }],
			onError: 'continueErrorOutput',
		});
		expect([failed, error]).toEqual([[], undefined]);
		const objects = bodies().flatMap(({ attributes }) => attributes as IDataObject[]);
		const last = objects.at(-1);
		for (const name of NAMES)
			expect(Object.getOwnPropertyDescriptor(last, name)?.value).toEqual({ polluted: 1 });
		tally.count('names as attributes', NAMES.length);
	});

	test.each([
		['customer.upsert', 1, { fields: { metadata: asData({ polluted: 1 }) } }, 'metadata'],
		['voucher.create', 1, { settings: { metadata: asData({ polluted: 1 }) } }, 'metadata'],
		['campaign.create', 1, { settings: { metadata: asData({ polluted: 1 }) } }, 'metadata'],
		['order.create', 1, { order: { amount: 1, metadata: asData({ polluted: 1 }) } }, 'metadata'],
		['event.track', 1, { options: { metadata: asData({ polluted: 1 }) } }, 'metadata'],
		['catalogItem.create', 1, { values: asData('polluted') }, undefined],
	] as ReadonlyArray<readonly [string, number, INodeParameters, string | undefined]>)(
		'as keys of metadata in %s',
		async (operation, way, parameters, key) => {
			const run = published(operation, way);
			const { error } = await runPublished(run, server.url, {
				parameters: { ...run.parameters, ...parameters },
			});
			expect(error).toBeUndefined();
			const sent = server.received.map(({ body }) => body).join('\n');
			for (const name of NAMES) expect(sent).toContain(`"${name}":`);
			if (key !== undefined) expect(sent).toContain(`"${key}":${JSON.stringify(parsed({ polluted: 1 }))}`);
			tally.count('names as keys of metadata', NAMES.length);
		},
	);

	test('as fields of an item that is sent as it is', async () => {
		const run = published('customer.upsertBulk');
		const item = { source_id: 'source-1', metadata: parsed({ polluted: 1 }) };
		const { error } = await runPublished(run, server.url, { items: [{ json: item }] });
		expect(error).toBeUndefined();
		for (const name of NAMES) expect(server.received[0]?.body).toContain(`"${name}":{"polluted":1}`);
		tally.count('names as fields of items', NAMES.length);
	});

	test.each(NAMES)('as the header %s of a CSV file, and as its codes', async (name) => {
		const run = published('promotionCode.formatList');
		const { items, error } = await runPublished(run, server.url, {
			items: [itemWithFile(`other,${name}\n1,${NAMES.join('\n2,')}\n`)],
			parameters: { ...run.parameters, column: name },
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json.codes).toBe(NAMES.length);
		tally.count('names as columns and codes', 1 + NAMES.length);
	});

	test('as a column that there is not, which is refused like any other', async () => {
		const run = published('promotionCode.formatList');
		for (const name of NAMES) {
			const { error } = await runPublished(run, server.url, {
				items: [itemWithFile('code,other\n1,2\n')],
				parameters: { ...run.parameters, column: name },
			});
			expect(`${error?.message ?? ''} ${error?.description ?? ''}`).toContain(name);
		}
		tally.count('names of columns that there are not', NAMES.length);
	});

	test.each(NAMES)('as the code %s of an error, which has no remedy of its own', async (name) => {
		const problems: unknown[] = [];
		const errors: readonly Answer[] = [
			{ status: 400, body: { key: name, code: name, message: name, details: name, type: name } },
			{ status: 404, body: { key: name, message: name } },
			{ status: 201, body: { message: 'success', errors: [{ type: name, input_array: name, index: name }] } },
			{
				status: 201,
				body: { message: 'success', errors: [{ type: name, input_array: 'attributes', index: 0 }] },
			},
		];
		for (const run of [published('voucher.get'), published('user.track'), published('user.merge')]) {
			for (const answer of errors) {
				script = () => answer;
				const { failed } = await runPublished(run, server.url, { onError: 'continueErrorOutput' });
				const told = failed.map((item) => failureOf(item));
				for (const fact of told.flatMap(({ message, description }) => [message, description])) {
					if (fact !== undefined && (typeof fact !== 'string' || /\[object|native code|function/.test(fact)))
						problems.push([run.operation, fact]);
				}
				tally.count('names as codes of errors', 1, problems.length);
			}
		}
		expect(problems).toEqual([]);
	});

	test('in what a service answers', async () => {
		script = ({ path }) => ({
			headers: { 'content-type': 'application/json' },
			body: path.startsWith('/never') ? {} : asData({ polluted: 1 }),
		});
		for (const run of PUBLISHED_RUNS.filter(({ operation }) => /\.(get|getAll|send)$/.test(operation))) {
			await runPublished(run, server.url, { onError: 'continueErrorOutput' });
			tally.count('names in answers', NAMES.length);
		}
		expect(server.received.length).toBeGreaterThan(20);
	});

	test.each([true, false])('in a webhook, simplified: %s', async (simple) => {
		const secret = 'signing-secret-of-the-project';
		const trigger = await serveTrigger({
			node: new VoucherifyTrigger(),
			parameters: { events: ['*'], simple },
			credentials: { voucherifyApi: { applicationId: 'app', secretKey: 'key', webhookSecret: secret } },
		});
		try {
			const names = asData({ polluted: 1 });
			const body = `{"id": "__proto__", "type": "constructor", "event": {"type": "__proto__"}, "data": {"voucher": ${names}, "customer": {"metadata": ${names}}, "campaign": ${names}}, "source": {"object": "webhook"}}`;
			const signature = createHmac('sha256', secret).update(body).digest('hex');
			const response = await fetch(trigger.url, {
				method: 'POST',
				body,
				headers: { 'content-type': 'application/json', 'x-voucherify-signature': signature },
			});
			expect(response.status).toBe(200);
			expect(trigger.executions.length).toBe(1);
			tally.count('names in webhooks', 3 * NAMES.length);
		} finally {
			await trigger.close();
		}
	});
});

/** An item with own fields of those names, as n8n gets them from JSON. */
function withNames(fields: IDataObject): IDataObject {
	return JSON.parse(
		JSON.stringify(fields).replace(/\}$/, `, ${asData({ polluted: 1 }).slice(1)}`),
	) as IDataObject;
}
