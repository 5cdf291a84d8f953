import { asFailure, Failure, InvalidInput, shown } from '../../nodes/common/failure';

describe('Anything thrown becomes a failure', () => {
	test('a failure stays what it is', () => {
		const failure = new InvalidInput('Campaign', 'is empty', 'Choose one.');
		expect(asFailure(failure)).toBe(failure);
		expect(failure.details).toEqual({ message: '"Campaign" is empty', description: 'Choose one.' });
		expect(failure.field).toBe('Campaign');
	});

	test('an error keeps its message, and its description if it has one', () => {
		expect(asFailure(new TypeError('oh')).details).toEqual({ message: 'oh', description: undefined });
		expect(asFailure(Object.assign(new Error('oh'), { description: 'my' })).details.description).toBe('my');
		expect(asFailure(Object.assign(new Error('oh'), { description: 7 })).details.description).toBeUndefined();
	});

	test.each([['text'], [undefined], [null], [{ some: 'object' }], [7]])(
		'so does %j, which is no error',
		(thrown) => {
			expect(asFailure(thrown)).toBeInstanceOf(Failure);
			expect(asFailure(thrown).message).toBe(String(thrown));
		},
	);
});

describe('A value in an error', () => {
	test.each<[unknown, string]>([
		['gold', '"gold"'],
		[7, '7'],
		[null, 'null'],
		[undefined, 'undefined'],
		[{ a: [1] }, '{"a":[1]}'],
		['two\n\tlines', '"two lines"'],
	])('%j is shown as %s', (value, text) => {
		expect(shown(value)).toBe(text);
	});

	test('is short, however long it is', () => {
		expect(shown('x'.repeat(10_000_000))).toBe(`"${'x'.repeat(76)}…`);
	});
});
