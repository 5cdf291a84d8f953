import { LogEntry, RequestLog } from '../../sandbox/common/request-log.mts';

const ENTRIES = 5_000;

function add(log: RequestLog, path: string, text?: string): LogEntry {
	const entry = new LogEntry('2026-01-01T00:00:00.000Z', 'braze', 'POST', path, {});
	log.add(entry, 'POST /users/track');
	if (text !== undefined) log.keepRequest(entry, text);
	return entry;
}

test('the latest 5,000 requests are kept, oldest first, and all are counted', () => {
	const log = new RequestLog();
	for (let i = 0; i < ENTRIES + 10; i++) add(log, `/${i}`);
	const paths = log.entries().map(({ path }) => path);
	expect([paths.length, paths[0], paths.at(-1)]).toEqual([ENTRIES, '/10', `/${ENTRIES + 9}`]);
	expect(log.entries(2).map(({ path }) => path)).toEqual([`/${ENTRIES + 8}`, `/${ENTRIES + 9}`]);
	expect(log.totals).toEqual({ 'POST /users/track': ENTRIES + 10 });
});

test('a body is shown parsed when it is JSON, else as text', () => {
	const log = new RequestLog();
	expect(add(log, '/', '{"a":1}').requestBody).toEqual({ a: 1 });
	expect(add(log, '/', '{"a":').requestBody).toBe('{"a":');
	expect(add(log, '/').requestBody).toBeUndefined();
});

test('of a body that is too long only its length is kept', () => {
	const log = new RequestLog();
	const length = 256 * 1024 + 1;
	expect(add(log, '/', 'x'.repeat(length)).requestBody).toEqual({ tooLongForTheLog: length });
});

test('many large bodies make the oldest requests lose theirs, not the latest', () => {
	const log = new RequestLog();
	const body = JSON.stringify('x'.repeat(200 * 1024));
	for (let i = 0; i < 1_000; i++) add(log, `/${i}`, body);
	const kept = log.entries().map(({ requestText }) => requestText !== undefined);
	expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_000, false, true]);
	const characters = kept.filter(Boolean).length * body.length;
	expect(characters).toBeLessThanOrEqual(64 * 1024 * 1024);
	expect(characters).toBeGreaterThan(16 * 1024 * 1024);
});
