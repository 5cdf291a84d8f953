import fc from 'fast-check';
import { mayHaveActed, mayRetry, retryAfter, waitBeforeRetry, type Setback } from '../../nodes/common/retry';

const NOW = Date.UTC(2026, 10, 23, 12);
const answer = (status: number, more: { refused?: boolean; retryAt?: number } = {}): Setback => ({
	kind: 'answer',
	status,
	refused: false,
	...more,
});
const broken = (code: string | undefined): Setback => ({ kind: 'noAnswer', code });

describe('A request is sent again only where that is safe', () => {
	test.each<[string, Setback, boolean, boolean]>([
		['429', answer(429, { refused: true }), true, true],
		['a refusal by the service’s own word', answer(502, { refused: true }), true, true],
		['500', answer(500), true, false],
		['503', answer(503), true, false],
		['408', answer(408), true, false],
		['400', answer(400), false, false],
		['404', answer(404), false, false],
		['nothing listening', broken('ECONNREFUSED'), true, true],
		['a name service that is busy', broken('EAI_AGAIN'), true, true],
		['a reset', broken('ECONNRESET'), true, false],
		['a time-out', broken('ETIMEDOUT'), true, false],
		['an unknown problem', broken(undefined), true, false],
		['a name that does not exist', broken('ENOTFOUND'), false, false],
		['an expired certificate', broken('CERT_HAS_EXPIRED'), false, false],
		['a key that no header can carry', broken('ERR_INVALID_CHAR'), false, false],
	])('after %s', (_what, setback, repeatable, once) => {
		expect(mayRetry(setback, true)).toBe(repeatable);
		expect(mayRetry(setback, false)).toBe(once);
	});

	test('never what could take effect twice and may have', () => {
		const setbacks = fc.oneof(
			fc.record({
				kind: fc.constant('answer' as const),
				status: fc.integer({ min: 400, max: 599 }),
				refused: fc.boolean(),
			}),
			fc.record({ kind: fc.constant('noAnswer' as const), code: fc.option(fc.string(), { nil: undefined }) }),
		);
		fc.assert(fc.property(setbacks, (setback) => !(mayHaveActed(setback) && mayRetry(setback, false))));
	});
});

describe('The wait before another try', () => {
	const settings = { tries: 5, longestWait: 60_000 };

	test('is what the service asks for, and a little more, so that not all come at once', () => {
		const setback = answer(429, { refused: true, retryAt: NOW + 7_000 });
		expect(waitBeforeRetry(setback, 1, settings, NOW, 0)).toBe(7_000);
		expect(waitBeforeRetry(setback, 3, settings, NOW, 0.999)).toBeCloseTo(7_250, -1);
	});

	test('is not waited for when it is longer than the user allows', () => {
		expect(waitBeforeRetry(answer(429, { retryAt: NOW + 60_001 }), 1, settings, NOW, 0)).toBeUndefined();
		expect(waitBeforeRetry(answer(429, { retryAt: NOW + 60_000 }), 1, settings, NOW, 0)).toBe(60_000);
	});

	test.each([
		[1, 500],
		[2, 1_000],
		[3, 2_000],
		[4, 4_000],
	])('doubles otherwise: after try %d, half to all of %d ms', (tried, ms) => {
		expect(waitBeforeRetry(answer(500), tried, settings, NOW, 0)).toBe(ms / 2);
		expect(waitBeforeRetry(broken('ECONNRESET'), tried, settings, NOW, 1)).toBe(ms);
	});

	test('doubles too when the service asks for no wait, or for one that is over', () => {
		expect(waitBeforeRetry(answer(429, { retryAt: NOW }), 2, settings, NOW, 1)).toBe(1_000);
		expect(waitBeforeRetry(answer(429, { retryAt: NOW - 5_000 }), 2, settings, NOW, 1)).toBe(1_000);
	});

	test('is never longer than the user allows, but for the little more', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 0, max: 86_400_000 }),
				fc.option(fc.integer({ min: -100_000, max: 100_000_000 }), { nil: undefined }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(tried, longestWait, asked, random) => {
					const setback = asked === undefined ? answer(503) : answer(503, { retryAt: NOW + asked });
					const wait = waitBeforeRetry(setback, tried, { tries: 20, longestWait }, NOW, random);
					if (wait === undefined) return (asked ?? 0) > longestWait;
					return wait >= 0 && wait <= longestWait * 1.1 && wait >= Math.min(longestWait, asked ?? 0);
				},
			),
		);
	});
});

describe('Retry-After', () => {
	test.each<[string | undefined, number | undefined]>([
		['0', NOW],
		['120', NOW + 120_000],
		[' 1.5 ', NOW + 1_500],
		['Mon, 23 Nov 2026 12:00:30 GMT', NOW + 30_000],
		['Monday, 23-Nov-26 12:00:30 GMT', NOW + 30_000],
		['Mon, 23 Nov 2026 11:59:00 GMT', NOW - 60_000],
		[undefined, undefined],
		['', undefined],
		['-5', undefined],
		['soon', undefined],
		['try 2', undefined],
		['1e3', undefined],
		['Infinity', undefined],
		['Monday', undefined],
	])('%j', (header, moment) => {
		expect(retryAfter(header, NOW)).toBe(moment);
	});
});
