import fc from 'fast-check';
import { accountOf, hintText, plural, ranges } from '../../nodes/common/hint';

const run = (more: {
	items?: number;
	failed?: number;
	requests?: number;
	took?: number;
	retries?: number;
	waited?: number;
	notes?: string[];
	counts?: Array<[string, number]>;
}) =>
	hintText({
		tally: {
			items: more.items ?? 1,
			succeeded: (more.items ?? 1) - (more.failed ?? 0),
			failed: more.failed ?? 0,
			requests: more.requests ?? 1,
			counts: new Map(more.counts ?? []),
		},
		traffic: { requests: more.requests ?? 1, retries: more.retries ?? 0, waited: more.waited ?? 0 },
		took: more.took ?? 100,
		notes: more.notes ?? [],
	});

describe('The hint', () => {
	test('says items, requests, time and rate, figures, retries, failures and notes', () => {
		expect(
			run({
				items: 10_000,
				failed: 3,
				requests: 134,
				took: 1_100,
				retries: 2,
				waited: 4_200,
				counts: [['data points', 30_000]],
				notes: ['Some were late', 'Really!'],
			}),
		).toBe(
			'10,000 items in 134 requests, 1.1 s (9,091 items/s), of which requests waited 4.2 s in all. 30,000 data points. 2 requests had to be tried again. 3 items failed. Some were late. Really!',
		);
	});

	test('is short where there is little to say', () => {
		expect(run({})).toBe('1 item in 1 request, 0.1 s.');
		expect(run({ items: 2, requests: 0, took: 61_000 })).toBe('2 items in 0 requests, 61 s (0 items/s).');
	});
});

describe('The account of a run that stopped', () => {
	test.each([
		[{ succeeded: [], alsoFailed: 0, sentInPart: [], untouched: 0 }, 'No other item had succeeded.'],
		[
			{ succeeded: [0, 1, 3], alsoFailed: 1, sentInPart: [4], untouched: 1 },
			'3 items had already succeeded (0–1, 3), 1 more item failed, 1 item was sent in part (4), 1 item was not started.',
		],
		[
			{ succeeded: [7], alsoFailed: 2, sentInPart: [8, 9], untouched: 5000 },
			'1 item had already succeeded (7), 2 more items failed, 2 items were sent in part (8–9), 5,000 items were not started.',
		],
	])('%j', (standing, account) => {
		expect(accountOf(standing)).toBe(account);
	});
});

describe('Ranges of items', () => {
	test.each([
		[[], ''],
		[[4], '4'],
		[[0, 1, 2, 3], '0–3'],
		[[9, 0, 2, 1, 7, 8, 5], '0–2, 5, 7–9'],
		[[3, 3, 4], '3–4'],
	])('%j are %s', (indices, text) => {
		expect(ranges(indices)).toBe(text);
	});

	test('name each item once, and no other', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(25), { maxLength: 12 }), (indices) => {
				const named = ranges(indices)
					.split(', ')
					.filter((range) => range !== '')
					.flatMap((range) => {
						const [from = 0, to = from] = range.split('–').map(Number);
						return Array.from({ length: to - from + 1 }, (_, n) => from + n);
					});
				expect(named).toEqual([...indices].sort((left, right) => left - right));
			}),
		);
	});

	test('stay readable when there are many', () => {
		const text = ranges(Array.from({ length: 1000 }, (_, n) => n * 2));
		expect(text).toMatch(/^0, 2, .* and more$/);
		expect(text.length).toBeLessThan(100);
	});
});

test('one is one, and more are more', () => {
	expect([plural(0, 'item'), plural(1, 'item'), plural(1234, 'item')]).toEqual([
		'0 items',
		'1 item',
		'1,234 items',
	]);
});
