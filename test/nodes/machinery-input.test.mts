import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { perItem } from '../../nodes/common/operation';
import type { ItemParameters } from '../../nodes/common/parameters';
import { described, numbered, runScratch } from './scratch-node.mts';
import { startServer, type ScriptedServer } from './scripted-server.mts';

let server: ScriptedServer;

beforeEach(async () => {
	server = await startServer(() => ({}));
});
afterEach(async () => await server.close());

const named = (name: string, displayName: string, type: INodeProperties['type']): INodeProperties => ({
	displayName,
	name,
	type,
	default: type === 'resourceMapper' ? { mappingMode: 'defineBelow', value: null } : '',
});
const field = named('field', 'Field', 'string');
const document = named('document', 'Document', 'json');
const campaign: INodeProperties = {
	...named('campaign', 'Campaign', 'resourceLocator'),
	default: { mode: 'id', value: '' },
	modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
};
const attributes = named('attributes', 'Attributes', 'resourceMapper');
const options: INodeProperties = {
	...named('options', 'Options', 'collection'),
	default: {},
	options: [named('expiry', 'Expiry Date', 'string'), named('metadata', 'Metadata', 'json')],
};

/** Reads one parameter and then sends; for a form with one field. */
const operation = (form: INodeProperties, read: (item: ItemParameters) => unknown) =>
	perItem({
		...described,
		fields: [form],
		read,
		run: async (_input, { client }) => {
			await client.send({ method: 'POST', path: '/things', body: {} });
			return [];
		},
	});

const column = {
	id: 'visits',
	displayName: 'Visits',
	type: 'number',
	required: false,
	defaultMatch: false,
	display: true,
};

type Case = readonly [
	what: string,
	form: INodeProperties,
	parameters: INodeParameters,
	read: (item: ItemParameters) => unknown,
	message: string,
	remedy: string,
];

const bad: readonly Case[] = [
	[
		'an empty text',
		field,
		{ field: '  ' },
		(item) => item.requiredText('field', 'Enter a name.'),
		'"Field" is empty',
		'Enter a name.',
	],
	[
		'a text that is missing',
		field,
		{ field: '={{ $json.missing }}' },
		(item) => item.requiredText('field', 'Enter a name.'),
		'"Field" is empty',
		'Enter a name.',
	],
	[
		'an object for a text',
		field,
		{ field: '={{ $json.object }}' },
		(item) => item.text('field'),
		'"Field" is {"a":1}',
		'Enter text.',
	],
	[
		'a text for a number',
		field,
		{ field: 'many' },
		(item) => item.count('field', 1, 100),
		'"Field" is "many"',
		'Enter a whole number from 1 to 100.',
	],
	[
		'nothing for a number',
		field,
		{ field: '' },
		(item) => item.count('field', 0, 100),
		'"Field" is ""',
		'Enter a whole number from 0 to 100.',
	],
	[
		'true for a number',
		field,
		{ field: '={{ true }}' },
		(item) => item.count('field', 0, 100),
		'"Field" is true',
		'Enter a whole number from 0 to 100.',
	],
	[
		'a number out of bounds',
		field,
		{ field: 101 },
		(item) => item.count('field', 1, 100),
		'"Field" is 101',
		'Enter a whole number from 1 to 100.',
	],
	[
		'a broken number',
		field,
		{ field: 1.5 },
		(item) => item.count('field', 1, 100),
		'"Field" is 1.5',
		'Enter a whole number from 1 to 100.',
	],
	[
		'a word for yes or no',
		field,
		{ field: 'maybe' },
		(item) => item.flag('field'),
		'"Field" is "maybe"',
		'Enter true or false.',
	],
	[
		'a choice that there is not',
		field,
		{ field: 'c' },
		(item) => item.choice('field', ['a', 'b']),
		'"Field" is "c"',
		'Choose one of: a, b.',
	],
	[
		'one of several choices that there is not',
		field,
		{ field: ['a', 'c'] },
		(item) => item.choices('field', ['a', 'b']),
		'"Field" is ["a","c"]',
		'Choose any of: a, b.',
	],
	[
		'text for several choices',
		field,
		{ field: 'a,b' },
		(item) => item.choices('field', ['a', 'b']),
		'"Field" is "a,b"',
		'Choose any of: a, b.',
	],
	[
		'text that is no JSON',
		document,
		{ document: '{"a": }' },
		(item) => item.object('document'),
		'"Document" is no JSON: ',
		'Enter a JSON object, for example {"key": "value"}.',
	],
	[
		'JSON that is no object',
		document,
		{ document: '[1, 2]' },
		(item) => item.object('document'),
		'"Document" is "[1, 2]"',
		'Enter a JSON object, for example {"key": "value"}.',
	],
	[
		'a locator without a value',
		campaign,
		{ campaign: { __rl: true, mode: 'id', value: '' } },
		(item) => item.located('campaign', 'Choose a campaign.'),
		'"Campaign" is empty',
		'Choose a campaign.',
	],
	[
		'a locator whose expression finds nothing',
		campaign,
		{ campaign: { __rl: true, mode: 'id', value: '={{ $json.missing }}' } },
		(item) => item.located('campaign', 'Choose a campaign.'),
		'"Campaign" is empty',
		'Choose a campaign.',
	],
	[
		'a mapped value of another type',
		attributes,
		{ attributes: { mappingMode: 'defineBelow', value: { visits: '={{ $json.word }}' }, schema: [column] } },
		(item) => item.mapped('attributes'),
		'"Attributes → Visits" is "often", which is no number',
		'Enter a number, or choose another field.',
	],
	[
		'a mapped value of another type that is computed',
		attributes,
		{
			attributes: {
				mappingMode: 'defineBelow',
				value: { visits: '={{ $json.word + "!" }}' },
				schema: [column],
			},
		},
		(item) => item.mapped('attributes'),
		"Invalid input for 'visits' [item 0]",
		"'visits' expects a number but we got 'often!'",
	],
	[
		'an object for the text of an option',
		options,
		{ options: { expiry: '={{ $json.object }}' } },
		(item) => item.optionText('options', 'expiry'),
		'"Expiry Date" is {"a":1}',
		'Enter text.',
	],
	[
		'an option that is no JSON',
		options,
		{ options: { metadata: 'x' } },
		(item) => item.objectOption('options', 'metadata'),
		'"Metadata" is no JSON: ',
		'Enter a JSON object',
	],
	[
		'an expression that fails',
		field,
		{ field: "={{ $('Nowhere').item.json.x }}" },
		(item) => item.text('field'),
		"Referenced node doesn't exist",
		'',
	],
];

describe('8. Bad input is refused before anything is sent', () => {
	const input = [{ object: { a: 1 }, word: 'often' }];

	test.each(bad)('%s', async (_what, form, parameters, read, message, remedy) => {
		const { error } = await runScratch(operation(form, read), { url: server.url, input, parameters });
		expect(server.received).toEqual([]);
		expect(error?.message).toContain(message);
		expect(error?.message).not.toContain('Scratch');
		expect(error?.description ?? '').toContain(remedy);
		expect(error?.context.itemIndex).toBe(0);
	});

	test.each([
		['Concurrent Requests', { concurrency: 0 }, '0', 'from 1 to 64'],
		['Longest Wait (Seconds)', { longestWait: -1 }, '-1', 'from 0 to 86400'],
		['Requests per Minute', { perMinute: '' }, '""', 'from 0 to 1000000000'],
		['Timeout (Seconds)', { timeout: 'soon' }, '"soon"', 'from 1 to 3600'],
		['Tries', { tries: true }, 'true', 'from 1 to 20'],
	])('the setting "%s" out of range', async (label, settings, shown, range) => {
		const { error } = await runScratch(
			operation(field, () => undefined),
			{ url: server.url, settings },
		);
		expect(error?.message).toBe(`"${label}" is ${shown}`);
		expect(error?.description).toBe(`Enter a number ${range}.`);
		expect(server.received).toEqual([]);
	});

	test('of many bad items the first is explained, and all are named', async () => {
		const read = (item: ItemParameters) => item.requiredText('field', 'Enter a name.');
		const { error } = await runScratch(operation(field, read), {
			url: server.url,
			input: numbered(40, (n) => (n % 10 === 3 ? {} : { name: `n${n}` })),
			parameters: { field: '={{ $json.name }}' },
		});
		expect(server.received).toEqual([]);
		expect(error?.message).toBe(
			'"Field" is empty [item 3]. Nothing was sent. Items 3, 13, 23, 33 all have problems.',
		);
	});

	test.each(['', '.', '..', '\ud83c'])('an ID that no URL can carry: %j', async (id) => {
		const { path } = await import('../../nodes/common/urlPath');
		const send = perItem({
			...described,
			read: () => path`/things/${id}/parts`,
			run: async (url, { client }) => {
				await client.send({ method: 'GET', path: url });
				return [];
			},
		});
		const { error } = await runScratch(send, { url: server.url });
		expect(error?.message).toMatch(/^"ID" /);
		expect(server.received).toEqual([]);
	});

	test.each([
		['no address', 'scratch', 'does not start with https://'],
		['a path', 'https://scratch.example/v1', 'has something behind https://scratch.example'],
		['a password', 'https://me:hunter22@scratch.example', 'carries a name or a password'],
	])('a credential whose URL has %s', async (_what, url, problem) => {
		const { baseUrl } = await import('../../nodes/common/baseUrl');
		const { scratch } = await import('./scratch-node.mts');
		const original = scratch.connection;
		const spied = jest.spyOn(scratch, 'connection').mockImplementation((credential) => ({
			...original(credential),
			baseUrl: baseUrl('Scratch', 'custom', credential.url),
		}));
		const { error, run } = await runScratch(
			operation(field, () => undefined),
			{ url },
		);
		spied.mockRestore();
		expect(error?.message).toBe('The URL in the Scratch credential is not usable');
		expect(error?.description).toContain(problem);
		expect(JSON.stringify(run.data.resultData.error)).not.toContain('hunter22');
	});
});

describe('8. What is good is taken', () => {
	test.each([
		['a number for a text', field, { field: 12 }, (item: ItemParameters) => item.text('field'), '12'],
		['text for a number', field, { field: ' 12 ' }, (item: ItemParameters) => item.count('field', 1, 20), 12],
		[
			'text for yes or no',
			field,
			{ field: '={{ "true" }}' },
			(item: ItemParameters) => item.flag('field'),
			true,
		],
		['nothing for yes or no', options, {}, (item: ItemParameters) => item.flag('missing'), false],
		['no choices', field, { field: [] }, (item: ItemParameters) => item.choices('field', ['a']), []],
		[
			'an object for JSON',
			document,
			{ document: '={{ $json.object }}' },
			(item: ItemParameters) => item.object('document'),
			{ a: 1 },
		],
		['nothing for JSON', document, { document: '' }, (item: ItemParameters) => item.object('document'), {}],
		[
			'names that JavaScript has a use for',
			document,
			{ document: '{"__proto__": {"x": 1}}' },
			(item: ItemParameters) => Object.keys(item.object('document')),
			['__proto__'],
		],
		[
			'an option that is not set',
			options,
			{ options: {} },
			(item: ItemParameters) => item.optionText('options', 'expiry'),
			'',
		],
	])('%s', async (_what, form, parameters, read, expected) => {
		const values: unknown[] = [];
		const { error } = await runScratch(
			operation(form, (item) => values.push(read(item))),
			{ url: server.url, input: [{ object: { a: 1 } }], parameters },
		);
		expect(error).toBeUndefined();
		expect(values).toEqual([expected]);
		expect(server.received).toHaveLength(1);
	});
});

describe('10. Long work shows itself and its cost', () => {
	const count = perItem({
		...described,
		read: ({ json }) => json,
		run: async (json, { client, count, note }) => {
			await client.send({ method: 'POST', path: '/things', body: json, repeatable: true });
			count('data points', 3);
			if (Number(json.n) > 5) note('Some were late');
			return [];
		},
	});

	test('with a hint at the end: items, requests, rate, figures, and what went wrong', async () => {
		await server.close();
		server = await startServer(({ body, before }) => {
			if (before === 0) return { status: 429, headers: { 'retry-after': '0.02' } };
			return body.includes('"n":1}') ? { status: 400, body: { message: 'no' } } : {};
		});
		const { hints } = await runScratch(count, {
			url: server.url,
			input: numbered(8),
			onError: 'continueErrorOutput',
		});
		expect(hints).toHaveLength(1);
		expect(hints[0]?.message).toMatch(
			/^8 items in 9 requests, 0\.\d s\. 21 data points\. 1 request had to be tried again\. 1 item failed\. Some were late\.$/,
		);
		expect(hints[0]).toMatchObject({ location: 'outputPane', type: 'warning' });
	});

	test('but not for a single item in a single request', async () => {
		const { hints } = await runScratch(count, { url: server.url, input: [{ n: 0 }] });
		expect(hints).toEqual([]);
	});

	test('while it goes on, the log tells how far it is', async () => {
		const lines: string[] = [];
		const clock = jest.spyOn(Date, 'now');
		const real = Date.now();
		let passed = 0;
		clock.mockImplementation(() => real + passed);
		const slow = perItem({
			...described,
			offline: true,
			read: () => undefined,
			run: async () => {
				passed += 4_000;
				return [];
			},
		});
		await runScratch(slow, {
			input: numbered(40),
			prepare: (functions) => {
				const logger = { info: (line: string) => lines.push(line) };
				Object.defineProperty(functions, 'logger', { value: logger });
			},
		});
		clock.mockRestore();
		expect(lines.length).toBeGreaterThan(1);
		expect(lines.every((line) => /^Scratch: \d+ of 40 items done$/.test(line))).toBe(true);
	});
});
