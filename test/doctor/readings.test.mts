import { braze } from '../../nodes/Braze/transport.ts';
import { voucherify } from '../../nodes/Voucherify/transport.ts';
import { readObjectLimit } from '../../scripts/doctor/checks/braze-object-limit.mts';
import { PROBES, readPermissions } from '../../scripts/doctor/checks/braze-permissions.mts';
import { readClock } from '../../scripts/doctor/checks/clock.mts';
import { readDownload } from '../../scripts/doctor/checks/export-download.mts';
import { readFiltered } from '../../scripts/doctor/checks/publication-filter.mts';
import { readRateLimit } from '../../scripts/doctor/checks/rate-limit.mts';
import { readRepetition } from '../../scripts/doctor/checks/repeated-source-id.mts';
import { readPlan } from '../../scripts/doctor/checks/voucherify-plan.mts';
import type { Answer } from '../../scripts/doctor/connection.mts';

const NOW = Date.parse('2026-03-01T12:00:00.500Z');

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer => ({
	kind: 'answer',
	status,
	headers,
	body,
	sentAt: NOW - 200,
	receivedAt: NOW,
});
const verdicts = (findings: readonly { readonly verdict: string }[]) =>
	findings.map(({ verdict }) => verdict);

describe('clocks', () => {
	const at = (ms: number) => readClock(answer(200, {}, { date: new Date(NOW + ms).toUTCString() }));
	test.each([
		[0, 'holds'],
		[-1_000, 'holds'],
		[9_000, 'holds'],
		[30_000, 'differs'],
		[-30_000, 'differs'],
		[3_600_000, 'contradicts'],
		[-3_600_000, 'contradicts'],
	])('a service that is %i ms ahead: %s', (ms, verdict) => {
		expect(at(ms).verdict).toBe(verdict);
	});

	test('the direction is told from this machine', () => {
		expect(at(3_600_000).text).toContain("behind the service's");
		expect(at(-3_600_000).text).toContain("ahead of the service's");
	});

	test('a service that does not say the time leaves it open', () => {
		expect(readClock(answer(200)).verdict).toBe('unknown');
	});
});

describe('rate limit headers', () => {
	const limits = (reset: string) => ({
		'x-ratelimit-limit': '250',
		'x-ratelimit-remaining': '249',
		'x-ratelimit-reset': reset,
	});
	const epoch = (ms: number) => String(Math.floor((NOW + ms) / 1000));

	test('an end that lies long past shows that the header has another form', () => {
		expect(verdicts(readRateLimit(answer(400, {}, limits(epoch(-86_400_000))), braze))).toEqual([
			'holds',
			'contradicts',
		]);
		const delta = { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '1', 'x-rate-limit-retry': '30' };
		expect(verdicts(readRateLimit(answer(200, {}, delta), voucherify))).toEqual(['holds', 'contradicts']);
	});

	test('an epoch in milliseconds is not taken for one in seconds', () => {
		expect(verdicts(readRateLimit(answer(400, {}, limits(String(NOW))), braze))).toEqual([
			'holds',
			'contradicts',
		]);
	});

	test('an hour until the end comes with an option to set', () => {
		const [, reset] = readRateLimit(answer(400, {}, limits(epoch(3_600_000))), braze);
		expect(reset).toMatchObject({
			verdict: 'differs',
			advice: expect.stringContaining('Longest Wait (Seconds) to 3600'),
		});
	});

	test('headers of other names contradict, and none at all leave it open', () => {
		const other = { 'ratelimit-remaining': '5', 'ratelimit-reset': '30' };
		expect(readRateLimit(answer(200, {}, other), braze)).toMatchObject([
			{ verdict: 'contradicts', advice: expect.stringContaining('Requests per Minute') },
		]);
		expect(verdicts(readRateLimit(answer(200), braze))).toEqual(['unknown']);
	});
});

describe('plans', () => {
	const plan = (limit: string, seconds: number, type = 'api_calls') =>
		readPlan(
			answer(
				200,
				{},
				{
					'x-rate-limit-limit': limit,
					'x-rate-limit-retry': String(NOW / 1000 + seconds),
					'x-rate-limit-type': type,
				},
			),
		).map(({ text }) => text);
	test('are told by their limit and its window', () => {
		expect(plan('2000', 60)).toEqual([expect.stringContaining('"Organization"')]);
		expect(plan('100', 3000)).toEqual([expect.stringContaining('Sandbox project')]);
		expect(plan('100000', 3000, 'api_calls_cycle')).toEqual([expect.stringContaining('billing cycle')]);
		expect(readPlan(answer(200))).toEqual([]);
	});
});

describe('a repeated publication', () => {
	const published = (code: string) => answer(200, { voucher: { code } });
	const listed = (...codes: string[]) =>
		answer(200, { data_ref: 'publications', publications: codes.map((code) => ({ vouchers: [code] })) });
	const repetition = (second: Answer, list = listed('A')) =>
		verdicts(readRepetition({ first: published('A'), second, listed: list }, voucherify));

	test('is judged by the code it gives', () => {
		expect(repetition(published('A'))).toEqual(['holds', 'holds']);
		expect(repetition(published('B'))).toEqual(['contradicts', 'holds']);
		expect(repetition(answer(400, { key: 'duplicate_source_id' }))).toEqual(['differs', 'holds']);
		expect(repetition(answer(400, { key: 'voucher_cannot_be_published' }))).toEqual(['contradicts', 'holds']);
	});

	test('has to be listed, since that is where the nodes look for the first code', () => {
		expect(repetition(answer(400, { key: 'duplicate_source_id' }), listed())).toEqual([
			'differs',
			'contradicts',
		]);
		expect(repetition(published('A'), answer(500))).toEqual(['holds', 'contradicts']);
	});

	test('a list that ignores the source_id contradicts', () => {
		expect(readFiltered(listed(), voucherify).verdict).toBe('holds');
		expect(readFiltered(listed('X'), voucherify).verdict).toBe('contradicts');
		expect(readFiltered(answer(500), voucherify).verdict).toBe('unknown');
	});
});

describe('downloads', () => {
	const file = answer(200, 'Code,Voucher Type\n');
	const moved = answer(302, '', { location: 'https://files.example.com/x' });
	const refused = answer(403);
	test.each([
		[file, file, ['holds', 'holds']],
		[file, refused, ['differs', 'holds']],
		[refused, file, ['contradicts']],
		[refused, refused, ['contradicts']],
		[moved, file, ['holds', 'holds']],
		[undefined, file, ['holds', 'holds']],
		[undefined, refused, ['contradicts']],
		[answer(200, 'CODE0001;COUPON\n'), file, ['holds', 'contradicts']],
	] as const)('case %#', (withKeys, withoutKeys, expected) => {
		expect(verdicts(readDownload({ withKeys, withoutKeys }, voucherify))).toEqual(expected);
	});
});

describe('objects of a track request', () => {
	const nothing = answer(400, {
		message: "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
	});
	const tooMany = answer(400, { message: 'Max Input Length Exceeded' });
	const read = (beyondAll: Answer, sixty: Answer, seventyOfEach: Answer) =>
		readObjectLimit({ beyondAll, sixty, seventyOfEach }, braze);

	test('tell the contract only where the number is checked before the objects', () => {
		expect(read(tooMany, nothing, tooMany).verdict).toBe('holds');
		expect(read(tooMany, tooMany, tooMany).advice).toContain('to 50');
		expect(read(tooMany, nothing, nothing).advice).toContain('75 of Each Kind');
		expect(read(nothing, nothing, nothing).verdict).toBe('unknown');
		expect(read(answer(500), nothing, nothing).verdict).toBe('unknown');
		expect(read(tooMany, answer(429), tooMany).verdict).toBe('unknown');
	});
});

describe('permissions', () => {
	const findingsFor = (reply: Answer) => readPermissions(PROBES.map((probe) => [probe, reply] as const));
	const texts = (reply: Answer) => findingsFor(reply).map(({ text }) => text);

	test('403 is a missing one, 400 a given one, and a broken answer tells nothing', () => {
		expect(texts(answer(400))[0]).toContain('The key may do: users.track,');
		expect(texts(answer(403)).filter((text) => text.startsWith('The key lacks'))).toHaveLength(PROBES.length);
		expect(texts(answer(500))[0]).toContain('No clear answer about: users.track,');
	});

	test('404 tells only where nothing of that name can be there', () => {
		expect(texts(answer(404))[0]).toBe('The key may do: catalogs.get_items, catalogs.add_items.');
	});

	test('only a missing users.track is a contradiction', () => {
		expect(verdicts(findingsFor(answer(403))).filter((verdict) => verdict === 'contradicts')).toHaveLength(1);
	});

	test('no question names an endpoint that sends or deletes, or holds anything', () => {
		for (const { question } of PROBES) {
			expect(question.method).toMatch(/^(GET|POST)$/);
			expect(question.path).not.toMatch(/send|delete|merge/);
			expect(question.body ?? {}).toEqual({});
		}
	});
});
