import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { FieldType, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { perItem } from '../../nodes/common/operation';
import type { ItemParameters } from '../../nodes/common/parameters';
import { described, numbered, runScratch, type ScratchSetup } from './scratch-node.mts';

const text = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });

/** A column of a resource mapper, as n8n stores it. */
const column = (id: string, type: FieldType) => ({
	id,
	displayName: id,
	type,
	required: false,
	defaultMatch: false,
	display: true,
	...(type === 'options' ? { options: [{ name: 'Gold', value: 'gold' }] } : {}),
});

/** A form with a field of every kind that the machinery reads in its own way. */
const fields: INodeProperties[] = [
	text('fixed'),
	text('field'),
	text('computed'),
	{ displayName: 'Flag', name: 'flag', type: 'boolean', default: false },
	{ displayName: 'Count', name: 'count', type: 'number', default: 5 },
	{
		displayName: 'Kinds',
		name: 'kinds',
		type: 'multiOptions',
		options: [
			{ name: 'A', value: 'a' },
			{ name: 'B', value: 'b' },
		],
		default: [],
	},
	{ displayName: 'Document', name: 'document', type: 'json', default: '' },
	{
		displayName: 'Campaign',
		name: 'campaign',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
	},
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: { resourceMapper: { resourceMapperMethod: 'columns', mode: 'add' } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [text('first'), text('second'), text('third')],
	},
];

/** Runs a read over items without sending anything, and returns what it gave for each. */
async function reading<T>(
	read: (item: ItemParameters, functions: IExecuteFunctions) => T,
	setup: ScratchSetup,
	form = fields,
): Promise<{
	readonly values: T[];
	readonly calls: Array<[string, number]>;
	readonly error: string | undefined;
	readonly sent: number;
}> {
	const values: T[] = [];
	const calls: Array<[string, number]> = [];
	let functions: IExecuteFunctions | undefined;
	const operation = perItem({
		...described,
		fields: form,
		offline: true,
		read: (item) => {
			if (functions) values.push(read(item, functions));
		},
		run: async () => [],
	});
	const { error } = await runScratch(operation, {
		...setup,
		prepare: (context) => {
			functions = Object.create(context) as IExecuteFunctions;
			const original = context.getNodeParameter;
			functions.getNodeParameter = original;
			const spy = (name: string, index: number, ...more: unknown[]): unknown => {
				calls.push([name, index]);
				return Reflect.apply(original, context, [name, index, ...more]);
			};
			Object.defineProperty(context, 'getNodeParameter', { value: spy });
		},
	});
	const description = error?.description;
	return { values, calls, error: error && [error.message, description].filter(Boolean).join(' | '), sent: 0 };
}

describe('9. Cost grows with bytes, not with items', () => {
	const parameters = {
		fixed: 'same for all',
		field: '={{ $json.a.b }}',
		computed: '={{ $json.n + 1 }}',
		flag: true,
		count: 7,
		kinds: ['a'],
		document: '{"x": 1}',
		campaign: { __rl: true, mode: 'id', value: '={{ $json["camp aign"] }}' },
		attributes: {
			mappingMode: 'defineBelow',
			value: { visits: '={{ $json.a.b }}', tier: 'gold' },
			schema: [column('visits', 'number'), column('tier', 'string')],
		},
		options: { first: '={{ $json.n }}', second: 'fixed' },
	};
	const input = numbered(1000, (n) => ({ n, a: { b: `${n}` }, 'camp aign': `c${n}` }));
	const readAll = (item: ItemParameters) => [
		item.text('fixed'),
		item.text('field'),
		item.flag('flag'),
		item.count('count', 1, 10),
		item.choices('kinds', ['a', 'b']).join(),
		item.object('document').x,
		item.located('campaign', 'Choose one.'),
		item.locatorMode('campaign'),
		item.mapped('attributes').visits,
		item.optionText('options', 'first'),
		item.optionText('options', 'second'),
		item.optionText('options', 'third'),
	];

	test('of 1,000 items, fixed parameters and those that name a field are read once by n8n, not once an item', async () => {
		const { values, calls } = await reading(readAll, { input, parameters });
		expect(values[999]).toEqual([
			'same for all',
			'999',
			true,
			7,
			'a',
			1,
			'c999',
			'id',
			999,
			'999',
			'fixed',
			'',
		]);
		expect(calls.filter(([, index]) => index > 0)).toEqual([]);
		// The resource, the operation, and each parameter raw and read.
		expect(calls.length).toBeLessThan(30);
	});

	test('any other expression is evaluated once an item, however often it is asked for', async () => {
		const { values, calls } = await reading(
			(item) => [
				item.text('computed'),
				item.text('computed'),
				item.optionText('options', 'first'),
				item.optionText('options', 'second'),
			],
			{
				input: input.slice(0, 50),
				parameters: { ...parameters, options: { first: '={{ $json.n * 2 }}', second: 'fixed' } },
			},
		);
		expect(values[7]).toEqual(['8', '8', '14', 'fixed']);
		expect(calls.filter(([name, index]) => name === 'computed' && index === 7)).toHaveLength(1);
		expect(calls.filter(([name, index]) => name === 'options' && index === 7)).toHaveLength(1);
	});
});

// What lies in an item: names and values that are easily mistaken for something else.
const name = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c') },
	fc.constantFrom(
		'c d',
		'0',
		'1',
		'length',
		'x-y',
		'é',
		'$x',
		'',
		'a.b',
		'}}',
		'{{',
		'json',
		'first',
		'toString',
		'null',
	),
	fc.constantFrom(
		'constructor',
		'__proto__',
		'prototype',
		'binding',
		'hasOwnProperty',
		"it's",
		'say "x"',
		'\\',
		'\n',
	),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
	any: fc.oneof(
		{ maxDepth: 4 },
		fc.oneof(
			fc.constantFrom(
				'',
				' ',
				'={{ 1 + 1 }}',
				'{{ $json.a }}',
				'=',
				'null',
				'true',
				'[object Object]',
				'2026-01-01T00:00:00Z',
				'é🎟',
			),
			fc.string(),
			fc.integer(),
			fc.double({ noNaN: true }),
			fc.boolean(),
			fc.constant(null),
		),
		fc.array(tie('any'), { maxLength: 3 }),
		fc
			.array(fc.tuple(name, tie('any')), { maxLength: 4 })
			.map((entries): unknown => Object.fromEntries(entries)),
	),
})).any;
const item = fc
	.array(fc.tuple(name, value), { maxLength: 5 })
	// What was written down and read again: as items come from n8n's database or from a webhook.
	.map((entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries))) as IDataObject);

/** The keys of a way into a value, each chosen by a number among those that there are. */
function wayInto(value: unknown, choices: readonly number[]): string[] {
	const [choice, ...more] = choices;
	if (choice === undefined || typeof value !== 'object' || value === null) return [];
	const entries = Object.entries(value);
	const [key, inner] = entries[choice % Math.max(1, entries.length)] ?? [];
	return key === undefined ? [] : [key, ...wayInto(inner, more)];
}

/** Ways into the items, and some that lead nowhere. */
const waysInto = (items: readonly IDataObject[]) =>
	fc.oneof(
		{
			weight: 3,
			arbitrary: fc
				.array(fc.nat(20), { minLength: 2, maxLength: 5 })
				.map((choices) => wayInto(items, choices).slice(1)),
		},
		fc.array(name, { minLength: 1, maxLength: 4 }),
	);

/** An expression that reads a field, in one of the ways that people and n8n write it. */
const expressionOf = (way: readonly string[]) =>
	fc
		.tuple(
			fc.array(fc.constantFrom('.', '?.', ' . ', '["', "['", '[ "', '['), {
				minLength: way.length,
				maxLength: way.length,
			}),
			fc.constantFrom('={{ ', '={{', '={{\n'),
			fc.constantFrom(' }}', '}}', ' }}\n'),
		)
		.map(([styles, open, close]) => {
			const steps = way.map((key, at) => {
				const style = styles[at] ?? '.';
				if (style.includes('.')) return /^[A-Za-z_$][\w$]*$/.test(key) ? `${style}${key}` : `["${key}"]`;
				if (style === '[') return /^\d$/.test(key) ? `[${key}]` : `['${key}']`;
				const quote = style.slice(-1);
				return `${style}${key}${quote}${style === '[ "' ? ' ' : ''}]`;
			});
			return `${open}$json${steps.join('')}${close}`;
		});

const cases = fc.array(item, { minLength: 5, maxLength: 20 }).chain((items) =>
	fc.record({
		items: fc.constant(items),
		expressions: fc.array(waysInto(items).chain(expressionOf), { minLength: 20, maxLength: 20 }),
	}),
);

type Result = { readonly value: unknown } | { readonly error: string };

function resultOf(work: () => unknown): Result {
	try {
		return { value: work() };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

describe('9. Fields come straight from the item', () => {
	test('and are what n8n’s expression engine would have given (more than 10,000 random paths into random items)', async () => {
		let direct = 0;
		let compared = 0;
		await fc.assert(
			fc.asyncProperty(cases, async ({ items, expressions }) => {
				const names = expressions.map((_, n) => `field${n}`);
				const parameters = Object.fromEntries(names.map((field, n) => [field, expressions[n] ?? '']));
				const { calls } = await reading(
					(one, functions) => {
						names.forEach((field, n) => {
							const ours = resultOf(() => one.value(field));
							const theirs = resultOf(() => functions.getNodeParameter(field, one.index, null));
							compared++;
							if (isDeepStrictEqual(ours, theirs)) return;
							throw new Error(
								`${expressions[n]} of ${JSON.stringify(one.json)}: ${JSON.stringify(ours)} rather than ${JSON.stringify(theirs)}`,
							);
						});
						return undefined;
					},
					{ input: items, parameters },
					names.map(text),
				).then((result) => {
					expect(result.error).toBeUndefined();
					return result;
				});
				const viaEngine = calls.filter(([field]) => field.startsWith('field')).length - names.length;
				direct += items.length * names.length - viaEngine;
			}),
			// Always the same cases: how often a path hits a field hangs on few random items, and the check below needs enough hits.
			{ numRuns: 50, seed: 3 },
		);
		expect(compared).toBeGreaterThan(10_000);
		// The shortcut was taken often enough for the comparison to mean something.
		expect(direct).toBeGreaterThan(compared / 10);
	});

	const types: readonly FieldType[] = [
		'string',
		'number',
		'boolean',
		'dateTime',
		'time',
		'array',
		'object',
		'options',
		'url',
	];

	test('values of a resource mapper are converted as n8n converts them (2,000 random values of all types)', async () => {
		const given = fc.oneof(
			value,
			fc.constantFrom(
				'12',
				' 7.5 ',
				'yes',
				'True',
				'0',
				'gold',
				'[1]',
				'{"a":1}',
				'12:30',
				'2026-11-23',
				'https://example.com',
				1e21,
			),
		);
		let valid = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(given, { minLength: 40, maxLength: 40 }), async (values) => {
				const ids = values.map((_, n) => `c${n}`);
				const columns = ids.map((id, n) => column(id, types[n % types.length] ?? 'string'));
				const input = [
					JSON.parse(JSON.stringify(Object.fromEntries(ids.map((id, n) => [id, values[n]])))) as IDataObject,
				];
				for (const [n, one] of columns.entries()) {
					const attributes = {
						mappingMode: 'defineBelow',
						value: { [one.id]: `={{ $json.${one.id} }}` },
						schema: [one],
					};
					const { values: results } = await reading(
						(item, functions) => [
							resultOf(() => item.mapped('attributes')),
							resultOf(() => functions.getNodeParameter('attributes.value', item.index)),
						],
						{ input, parameters: { attributes } },
					);
					const [ours, theirs] = results[0] ?? [];
					if (ours === undefined || theirs === undefined) throw new Error('nothing was read');
					if ('error' in theirs) expect(ours).toHaveProperty('error');
					else {
						valid++;
						// Dates are luxon's, which compares by what they say.
						expect(JSON.stringify([n, ours])).toBe(JSON.stringify([n, theirs]));
					}
				}
			}),
			{ numRuns: 50 },
		);
		expect(valid).toBeGreaterThan(300);
	});
});
