import { attributeName, changeAttribute, type AttributeChange } from '../../sandbox/braze/attributes.mts';
import { dataPointsOf } from '../../sandbox/braze/data-points.mts';
import { isoMillis } from '../../sandbox/braze/iso-date.mts';
import type { Json } from '../../sandbox/braze/json.mts';

const REPLACE = { mergeObjects: false, arrayLength: 25 };
const MERGE = { mergeObjects: true, arrayLength: 25 };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function valueOf(change: AttributeChange): Json | undefined {
	return change.kind === 'set' ? change.value : undefined;
}

describe('a custom attribute takes', () => {
	test.each<[string, Json | undefined, Json, Json]>([
		['a string', undefined, 'SUMMER', 'SUMMER'],
		['an empty string', 'SUMMER', '', ''],
		['a number', 3, 4.5, 4.5],
		['true and false', true, false, false],
		['an increment of what is there', 3, { inc: 2 }, 5],
		['a negative increment', 3, { inc: -5 }, -2],
		['an increment of nothing, from 0', undefined, { inc: 2 }, 2],
		['an array in place of an array', ['a', 'b'], ['c'], ['c']],
		['an array as an ordered set: what comes again moves to the end', undefined, ['a', 'b', 'a'], ['b', 'a']],
		['an array of 25', undefined, numbers(25), numbers(25)],
		['an addition to an array', ['a', 'b'], { add: ['c', 'a'] }, ['b', 'c', 'a']],
		['an addition to nothing', undefined, { add: ['a'] }, ['a']],
		['a removal from an array', ['a', 'b'], { remove: ['a', 'z'] }, ['b']],
		['an addition beyond 25: the oldest goes', numbers(25), { add: [99] }, [...numbers(25).slice(1), 99]],
		['a date', undefined, { $time: '2026-07-01T10:00:00Z' }, '2026-07-01T10:00:00Z'],
		['an object', { a: 1 }, { b: 2 }, { b: 2 }],
		['dates inside an object', undefined, { on: { $time: '2026-07-01' } }, { on: '2026-07-01' }],
		['an array of objects', [{ id: 1 }], [{ id: 2 }], [{ id: 2 }]],
		['an object for an array of objects', [{ id: 1 }], { $add: [{ id: 2 }] }, [{ id: 1 }, { id: 2 }]],
		[
			'a removal from an array of objects',
			[{ id: 1 }, { id: 2 }],
			{ $remove: [{ $identifier_key: 'id', $identifier_value: 1 }] },
			[{ id: 2 }],
		],
		[
			'a replacement within an array of objects',
			[{ id: 1, code: 'A' }],
			{ $update: [{ $identifier_key: 'id', $identifier_value: 1, $new_object: { id: 1, used: true } }] },
			[{ id: 1, used: true }],
		],
	])('%s', (_, current, sent, expected) => {
		expect(valueOf(changeAttribute(current, sent, REPLACE))).toEqual(expected);
	});

	test('null as its removal', () => {
		expect(changeAttribute('SUMMER', null, REPLACE)).toEqual({ kind: 'remove' });
	});

	test.each<[string, Json, number]>([
		['a string of more than 255 characters cut to 255', 'x'.repeat(300), 255],
		['an array of more than 25 elements cut to the last 25', numbers(30), 25],
	])('%s', (_, sent, length) => {
		const change = changeAttribute(undefined, sent, REPLACE);
		expect(change).toMatchObject({ kind: 'set', shortened: expect.stringContaining(String(length)) });
		expect(valueOf(change)).toHaveLength(length);
	});
});

describe('with _merge_objects', () => {
	test.each<[string, Json | undefined, Json, Json]>([
		['new keys join the old ones', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
		['inner objects are merged too', { x: { a: 1, b: 2 } }, { x: { b: 3 } }, { x: { a: 1, b: 3 } }],
		['null removes a key', { a: 1, b: 2 }, { a: null }, { b: 2 }],
		['an object takes the place of something else', 'text', { a: 1 }, { a: 1 }],
		[
			'$update changes the named keys only',
			[{ id: 1, code: 'A' }],
			{ $update: [{ $identifier_key: 'id', $identifier_value: 1, $new_object: { used: true } }] },
			[{ id: 1, code: 'A', used: true }],
		],
	])('%s', (_, current, sent, expected) => {
		expect(valueOf(changeAttribute(current, sent, MERGE))).toEqual(expected);
	});

	test('additions to an array of objects happen first, then removals, then updates', () => {
		const sent = {
			$update: [{ $identifier_key: 'id', $identifier_value: 3, $new_object: { seen: true } }],
			$remove: [{ $identifier_key: 'id', $identifier_value: 2 }],
			$add: [{ id: 2 }, { id: 3 }],
		};
		expect(valueOf(changeAttribute([{ id: 1 }], sent, MERGE))).toEqual([{ id: 1 }, { id: 3, seen: true }]);
	});
});

describe('one invalid value drops the whole update', () => {
	test.each<[string, Json | undefined, Json]>([
		['a nested string of more than 255 characters', undefined, { good: 1, long: 'x'.repeat(256) }],
		['a nested key of more than 255 characters', undefined, { ['k'.repeat(256)]: 1 }],
		['a nested key with a space', undefined, { good: 1, 'a b': 1 }],
		['a nested key that begins with $', undefined, { good: 1, $bad: 1 }],
		['a nested date that is none', undefined, { good: 1, on: { $time: 'soon' } }],
		['a nested date of null', undefined, { good: 1, on: { $time: null } }],
		['a date beyond the year 3000', undefined, { on: { $time: '3001-01-01' } }],
		[
			'an object of more than 50 KB',
			undefined,
			Object.fromEntries(numbers(300).map((i) => [`k${i}`, 'x'.repeat(250)])),
		],
		['an array of objects and texts', undefined, [{ id: 1 }, 'x']],
		['an array with null', undefined, ['a', null]],
		['an array within an array', undefined, [['a']]],
		['an increment of a text', 'three', { inc: 1 }],
		['an increment that is no integer', 3, { inc: 1.5 }],
		['an addition to a text', 'a', { add: ['b'] }],
		['a removal from nothing', undefined, { remove: ['b'] }],
		['$add to a plain array', ['a'], { $add: [{ id: 1 }] }],
		[
			'$update without what to look for',
			[{ id: 1 }],
			{ $add: [{ id: 2 }], $update: [{ $new_object: { id: 3 } }] },
		],
	])('%s', (_, current, sent) => {
		expect(changeAttribute(current, sent, MERGE)).toMatchObject({ kind: 'drop', reason: expect.any(String) });
	});
});

test('names of objects like __proto__ are data', () => {
	const sent: Json = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}');
	const value = valueOf(changeAttribute(undefined, sent, MERGE));
	expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"a":1}');
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test.each([
	['voucherify_code', { name: 'voucherify_code' }],
	['  spaces outside go ', { name: 'spaces outside go' }],
	['x'.repeat(255), { name: 'x'.repeat(255) }],
	['x'.repeat(256), { reason: expect.any(String) }],
	['$code', { reason: expect.any(String) }],
	['  ', { reason: expect.any(String) }],
])('the attribute name %j is taken or dropped as Braze does', (sent, expected) => {
	expect(attributeName(sent)).toEqual(expected);
});

describe('data points', () => {
	test.each<[string, Json, number]>([
		['one for a value', 'SUMMER', 1],
		['one for a removal', null, 1],
		['one for an array', ['a', 'b', 'c'], 1],
		['one for an increment', { inc: 1 }, 1],
		['one for a date', { $time: '2026-01-01' }, 1],
		['one for each key of an object, inner ones included', { a: 1, b: 2, c: { d: 1, e: 2 } }, 5],
		['the keys of the objects in an array', [{ a: 1, b: 2 }, { a: 1 }], 3],
		['one for each removal from an array of objects', { $remove: [{}, {}] }, 2],
	])('%s', (_, sent, expected) => {
		expect(dataPointsOf(sent)).toBe(expected);
	});
});

describe('dates', () => {
	test.each([
		['2026-07-01', '2026-07-01T00:00:00.000Z'],
		['2026-07-01T10:20', '2026-07-01T10:20:00.000Z'],
		['2026-07-01T10:20:30Z', '2026-07-01T10:20:30.000Z'],
		['2026-07-01T10:20:30.5+02:00', '2026-07-01T08:20:30.500Z'],
		['2026-07-01T10:20:30:123Z', '2026-07-01T10:20:30.123Z'],
		['2026-07-01 10:20:30 +0200', '2026-07-01T08:20:30.000Z'],
		['2024-02-29', '2024-02-29T00:00:00.000Z'],
	])('%s is %s', (text, expected) => {
		const millis = isoMillis(text);
		expect(millis === undefined ? undefined : new Date(millis).toISOString()).toBe(expected);
	});

	test.each(['soon', '2026-13-01', '2026-02-29', '01.07.2026', '3001-01-01', '2026-07-01T25:00:00Z', ''])(
		'%j is none',
		(text) => {
			expect(isoMillis(text)).toBeUndefined();
		},
	);
});
