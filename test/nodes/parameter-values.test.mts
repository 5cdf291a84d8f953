import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readTime } from '../../nodes/Braze/track/event';
import { InvalidInput } from '../../nodes/common/failure';
import { readMoment } from '../../nodes/common/moment';
import { perItem } from '../../nodes/common/operation';
import { type ItemParameters, Parameters } from '../../nodes/common/parameters';
import { MANY_CASES } from '../unit/many-cases.mts';
import { described, runScratch } from './scratch-node.mts';

const VALUE = '={{ $json.value }}';
const field = (name: string): INodeProperties => ({
	displayName: `The ${name}`,
	name,
	type: 'string',
	default: '',
});

const fields: INodeProperties[] = [
	field('plain'),
	{ displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [field('inner')] },
	{
		displayName: 'Rows',
		name: 'rows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		options: [{ displayName: 'Row', name: 'row', values: [field('cell')] }],
	},
];

/** A node of n8n with one item, whose value the tests change: the engine takes too long to start for each of them. */
let functions: IExecuteFunctions;
let json: IDataObject;

beforeAll(async () => {
	const operation = perItem({
		...described,
		fields,
		offline: true,
		read: () => undefined,
		run: async () => [],
	});
	await runScratch(operation, {
		input: [{ value: 'first' }],
		parameters: {
			plain: VALUE,
			options: { inner: VALUE },
			rows: { row: [{ cell: VALUE }, { cell: 'fixed' }] },
		},
		prepare: (context) => {
			functions = context;
		},
	});
	json = functions.getInputData()[0]?.json ?? {};
});

/** The form as it is read for an item with this value. */
function itemWith(value: unknown): ItemParameters {
	json.value = value as IDataObject;
	return new Parameters(functions, fields).at(0);
}

const REFUSED = Symbol('refused');

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isUnset = (value: unknown) => value === null || value === '';

function textOf(value: unknown): string | typeof REFUSED {
	const plain = isObject(value) && value.__rl === true ? value.value : value;
	if (plain === null || plain === undefined) return '';
	return typeof plain === 'object' ? REFUSED : String(plain).trim();
}

/** What JSON an object may be given as. */
function objectOf(value: unknown): unknown {
	if (isUnset(value)) return {};
	if (typeof value !== 'string') return isObject(value) ? value : REFUSED;
	try {
		const parsed: unknown = JSON.parse(value);
		return isObject(parsed) ? parsed : REFUSED;
	} catch {
		return REFUSED;
	}
}

/** A whole number from 1 to 12, or text that says one. */
function countOf(value: unknown): unknown {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const found = Array.from({ length: 12 }, (_, n) => n + 1).find(
		(count) => isNumber && Number(value) === count,
	);
	return found ?? REFUSED;
}

function flagOf(value: unknown): unknown {
	if (value === 'true' || value === 'false') return value === 'true';
	return typeof value === 'boolean' ? value : REFUSED;
}

const KINDS = ['a', 'b', 'constructor', '__proto__'] as const;

/** Every way to read a parameter, the field that it names, and what it should give for a value. */
const readings: ReadonlyArray<{
	readonly label: string;
	read(item: ItemParameters): unknown;
	expected(value: unknown): unknown;
}> = [
	{ label: 'The plain', read: (item) => item.value('plain'), expected: (value) => value },
	{ label: 'The plain', read: (item) => item.text('plain'), expected: textOf },
	{
		label: 'The plain',
		read: (item) => item.requiredText('plain', 'Enter it.'),
		expected: (value) => textOf(value) || REFUSED,
	},
	{
		label: 'The plain',
		read: (item) => item.flag('plain'),
		expected: (value) => flagOf(value ?? false),
	},
	{ label: 'The plain', read: (item) => item.count('plain', 1, 12), expected: countOf },
	{
		label: 'The plain',
		read: (item) => item.choice('plain', KINDS),
		expected: (value) => KINDS.find((kind) => kind === value) ?? REFUSED,
	},
	{
		label: 'The plain',
		read: (item) => item.choices('plain', KINDS),
		expected: (value) => {
			const chosen: unknown = value ?? [];
			if (!Array.isArray(chosen) || chosen.some((one) => !KINDS.includes(one))) return REFUSED;
			return KINDS.filter((kind) => chosen.includes(kind));
		},
	},
	{ label: 'The plain', read: (item) => item.object('plain'), expected: objectOf },
	{ label: 'The inner', read: (item) => item.option('options', 'inner'), expected: (value) => value },
	{ label: 'The inner', read: (item) => item.optionText('options', 'inner'), expected: textOf },
	{
		label: 'The inner',
		read: (item) => item.optionNames('options', 'inner'),
		expected: (value) => {
			const text = textOf(value);
			if (text === REFUSED) return REFUSED;
			return text.split(/\s*,\s*/).flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
		},
	},
	{
		label: 'The inner',
		read: (item) => item.optionFlag('options', 'inner'),
		expected: (value) => (isUnset(value) ? undefined : flagOf(value)),
	},
	{
		label: 'The inner',
		read: (item) => item.optionCount('options', 'inner', 1, 12),
		expected: (value) => (isUnset(value) ? undefined : countOf(value)),
	},
	{ label: 'The inner', read: (item) => item.objectOption('options', 'inner'), expected: objectOf },
	{
		label: 'Rows',
		read: (item) => item.rows('rows', 'row'),
		expected: (value) => [{ cell: value }, { cell: 'fixed' }],
	},
];

const name = fc.oneof(
	fc.constantFrom('a', 'value', 'constructor', '__proto__', 'toString', '__rl', 'toJSON', 'length'),
	fc.string(),
);
const text = fc.oneof(
	fc.constantFrom('', ' ', 'true', 'false', 'TRUE', 'a', 'b', ' a ', 'constructor', '__proto__'),
	fc.constantFrom('1', ' 12 ', '13', '0', '1.5', '1e1', '0x3', '01', '-1', 'NaN', 'Infinity', '१'),
	fc.constantFrom(
		'{"__proto__": {"polluted": true}}',
		'{"constructor": {"prototype": {"polluted": true}}}',
		'{}',
	),
	fc.constantFrom(
		'[]',
		'[1]',
		'null',
		'{"a": ',
		'"x"',
		'a,b',
		' a , ,b,',
		'={{ 1 + 1 }}',
		'{{ $json.value }}',
	),
	fc.json(),
	fc.string(),
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
	anything: fc.oneof(
		{ maxDepth: 3 },
		text,
		fc.oneof(fc.integer({ min: -1, max: 14 }), fc.double(), fc.boolean(), fc.constant(null)),
		fc.array(fc.oneof(fc.constantFrom(...KINDS), tie('anything')), { maxLength: 4 }),
		fc
			.array(fc.tuple(name, tie('anything')), { maxLength: 4 })
			.map((all): unknown => Object.fromEntries(all)),
		fc.record({ __rl: fc.constant(true), mode: fc.constant('id'), value: tie('anything') }),
	),
}));
/** What was written down and read again, as items come from n8n's database or from a webhook. */
const value = anything.map((made): unknown => JSON.parse(JSON.stringify(made)));

const ownNames = () =>
	[Object, Array, String, Function].map(({ prototype }) => Object.getOwnPropertyNames(prototype));

const refuses = (error: unknown, label: string) =>
	error instanceof InvalidInput && error.field === label && error.message.startsWith(`"${label}" is`);

describe('Whatever value a parameter has', () => {
	test('each way to read it gives what it should, or names the field that is wrong, and changes nothing', () => {
		const before = ownNames();
		let read = 0;
		let refused = 0;
		fc.assert(
			fc.property(value, (given) => {
				const untouched = JSON.stringify(given);
				const item = itemWith(given);
				for (const { label, read: reading, expected } of readings) {
					const wanted = expected(given);
					if (wanted === REFUSED) {
						refused++;
						assert.throws(
							() => reading(item),
							(error) => refuses(error, label),
						);
					} else {
						read++;
						assert.deepEqual(reading(item), wanted);
					}
				}
				assert.equal(JSON.stringify(json.value), untouched);
			}),
			MANY_CASES,
		);
		expect(ownNames()).toEqual(before);
		expect(Math.min(read, refused)).toBeGreaterThan(10_000);
	});
});

describe('Whatever date a parameter has', () => {
	const two = (number: number) => String(number).padStart(2, '0');
	const day = fc.tuple(
		fc.integer({ min: 1900, max: 2199 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 31 }),
	);
	const written = fc.record({
		day,
		separator: fc.constantFrom('T', ' '),
		hour: fc.nat(23),
		minute: fc.nat(59),
		second: fc.option(fc.nat(59), { nil: undefined }),
		zone: fc.constantFrom('Z', '+00:00', '+05:30', '-0800'),
	});
	const ZONES: Readonly<Record<string, number>> = { Z: 0, '+00:00': 0, '+05:30': 330, '-0800': -480 };

	test('one in ISO 8601 is that moment, and one that no calendar has is refused', () => {
		let missing = 0;
		fc.assert(
			fc.property(written, ({ day: [year, month, date], separator, hour, minute, second, zone }) => {
				const clock = `${two(hour)}:${two(minute)}${second === undefined ? '' : `:${two(second)}`}`;
				const item = itemWith(`${year}-${two(month)}-${two(date)}${separator}${clock}${zone}`);
				// The day before the first of the next month is the last.
				if (date > new Date(Date.UTC(year, month, 0)).getUTCDate()) {
					missing++;
					assert.throws(() => readMoment(item, 'options', 'inner'), InvalidInput);
					assert.throws(() => readTime(item, 'plain'), InvalidInput);
					return;
				}
				const moment =
					Date.UTC(year, month - 1, date, hour, minute, second ?? 0) - (ZONES[zone] ?? 0) * 60_000;
				assert.equal(readMoment(item, 'options', 'inner'), new Date(moment).toISOString());
				assert.equal(readTime(item, 'plain'), new Date(moment).toISOString());
			}),
			MANY_CASES,
		);
		expect(missing).toBeGreaterThan(50);
	});

	test('anything else is refused in the field, however much of a date JavaScript finds in it', () => {
		const almost = fc
			.tuple(
				fc.constantFrom('', 'codes ', 'A-', '-', '+', '(x) ', 'May ', '2026-11-30T12:00:00Z ', '2026-11-30 '),
				fc.oneof(fc.nat(3000).map(String), fc.constantFrom('1/2/2026', '30.11.2026', '2026-11', '2026-W05')),
			)
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.oneof(almost, value), (given) => {
				const item = itemWith(given);
				if (isUnset(given) || (typeof given === 'string' && given.trim() === '')) {
					assert.equal(readMoment(item, 'options', 'inner'), '');
					return;
				}
				assert.throws(
					() => readMoment(item, 'options', 'inner'),
					(error) => refuses(error, 'The inner'),
				);
				if (typeof given === 'number') return;
				assert.throws(
					() => readTime(item, 'plain'),
					(error) => refuses(error, 'The plain'),
				);
			}),
			MANY_CASES,
		);
	});

	test.each(['codes 7', '5', '2026-02-31', '11/30/2026'])('such as %j', (given) => {
		const item = itemWith(given);
		expect(() => readMoment(item, 'options', 'inner')).toThrow(`"The inner" is "${given}"`);
		expect(() => readTime(item, 'plain')).toThrow(`"The plain" is "${given}", which is no date`);
	});

	test.each([
		'={{ DateTime.fromISO("2026-11-30T12:00:00Z") }}',
		'={{ new Date("2026-11-30T12:00:00Z") }}',
		'={{ DateTime.fromISO("2026-11-30T14:00:00+02:00", { setZone: true }).toISO() }}',
	])('and one that an expression makes is that moment: %s', async (expression) => {
		const read: string[] = [];
		const operation = perItem({
			...described,
			fields,
			offline: true,
			read: (item) => read.push(readMoment(item, 'options', 'inner'), readTime(item, 'plain')),
			run: async () => [],
		});
		const { error } = await runScratch(operation, {
			input: [{}],
			parameters: { plain: expression, options: { inner: expression } },
		});
		expect(error).toBeUndefined();
		expect(read).toEqual(['2026-11-30T12:00:00.000Z', '2026-11-30T12:00:00.000Z']);
	});
});
