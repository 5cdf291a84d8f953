import { DateTime } from 'luxon';
import { fieldPath, readField } from '../../nodes/common/fieldPath';

describe('An expression that names a field of the item', () => {
	test.each<[string, string[]]>([
		['={{ $json.email }}', ['email']],
		['={{$json.customer.source_id}}', ['customer', 'source_id']],
		['={{ $json["first name"] }}', ['first name']],
		['={{ $json[\'a\'].b[0]["c.d"] }}', ['a', 'b', '0', 'c.d']],
		['={{ $json?.a?.b }}', ['a', 'b']],
		['={{ $json\n\t.a .b [ 12 ] }}', ['a', 'b', '12']],
		['={{ $json.$a._b }}', ['$a', '_b']],
		['={{ $json["it\'s"] }}', ["it's"]],
		['={{ $json[""] }}', ['']],
	])('%j is read from the item', (expression, path) => {
		expect(fieldPath(expression)).toEqual(path);
	});

	test.each([
		'$json.a',
		'=$json.a',
		'={{ $json }}',
		'={{ $json.a }} and more',
		'= {{ $json.a }}',
		'={{ $json.a }}\n',
		'={{ $json.a + 1 }}',
		'={{ $json.a() }}',
		'={{ $json.a.toUpperCase() }}',
		'={{ $json[a] }}',
		'={{ $json[-1] }}',
		'={{ $json[007] }}',
		'={{ $json[1.5] }}',
		'={{ $json[12345678901234567890] }}',
		'={{ $json["a\\"b"] }}',
		'={{ $json["a\nb"] }}',
		'={{ $json["}}"] }}',
		'={{ $json["{{"] }}',
		'={{ $json[`a`] }}',
		'={{ $json.1a }}',
		'={{ $json.a-b }}',
		'={{ $json..a }}',
		'={{ $json?.["a"] }}',
		'={{ $input.item.json.a }}',
		'={{ $node["x"].json.a }}',
		'={{ $json.a /* b */ }}',
		'={{ $json.__proto__ }}',
		'={{ $json["constructor"] }}',
		'={{ $json.a.getOwnPropertyDescriptor }}',
		'={{ $json.a }}{{ $json.b }}',
	])('%j is left to the engine', (expression) => {
		expect(fieldPath(expression)).toBeUndefined();
	});
});

describe('A field', () => {
	test.each<[string, string[], unknown]>([
		['text', ['a'], 'x'],
		['null', ['none'], null],
		['an object', ['o'], { p: [1, { q: null }] }],
		['within an array', ['o', 'p', '1', 'q'], null],
		['the length of an array', ['o', 'p', 'length'], 2],
	])('%s is found', (_what, path, value) => {
		expect(readField({ a: 'x', none: null, o: { p: [1, { q: null }] } }, path)).toEqual({ found: value });
	});

	const odd = {
		date: new Date(0),
		luxon: DateTime.now(),
		none: undefined,
		map: new Map(),
		bare: Object.create(null) as object,
		deep: [{ f: () => 1 }],
	};

	test.each([
		['that is missing', ['missing']],
		['within nothing', ['none', 'a']],
		['within text', ['text', 'length']],
		['inherited by all objects', ['toString']],
		['that is undefined', ['none']],
		['that is a date', ['date']],
		['that is a luxon date', ['luxon']],
		['that is a map', ['map']],
		['without a prototype', ['bare']],
		['that holds a function', ['deep']],
	])('%s is left to the engine', (_what, path) => {
		expect(readField({ text: 'abc', ...odd } as never, path)).toBeUndefined();
	});

	test('is found in an item without a prototype, too', () => {
		const json = Object.assign(Object.create(null) as Record<string, never>, { a: { b: 1 } });
		expect(readField(json, ['a', 'b'])).toEqual({ found: 1 });
	});
});
