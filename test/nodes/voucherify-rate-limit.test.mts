import axios from 'axios';
import { startSandbox } from '../../sandbox/sandbox.mts';
import { customers, publishing, runVoucherify } from './voucherify.mts';

const LIMIT = 60;
/** What counts as a minute: whole seconds, because Voucherify tells the end of its windows in them. In ms. */
const WINDOW_MS = 2000;

interface Quotas {
	readonly voucherify: ReadonlyArray<{
		readonly start: number;
		readonly accepted: number;
		readonly refused: number;
	}>;
}

test('4. Rate limits are used, not hit: 95 % of each whole window and more, at most 1 % of answers 429, and no failed item', async () => {
	const sandbox = await startSandbox({ voucherifyRateLimit: LIMIT, rateWindowMs: WINDOW_MS });
	try {
		const parameters = publishing('Summer Sale 20%', { requestSettings: { longestWait: 60 } });
		const { items, failed, error } = await runVoucherify(sandbox, parameters, customers(4 * LIMIT));
		expect(error).toBeUndefined();
		expect(failed).toEqual([]);
		expect(items).toHaveLength(4 * LIMIT);
		expect(sandbox.voucherify.state.publications.count).toBe(4 * LIMIT);

		const { data } = await axios.get<Quotas>(`${sandbox.voucherify.url}/_sandbox/quotas`);
		const windows = data.voucherify;
		// The run begins within its first window, and has nothing left to send in its last.
		const whole = windows.slice(1, -1);
		expect(whole.length).toBeGreaterThanOrEqual(2);
		for (const { accepted } of whole) expect(accepted).toBeGreaterThanOrEqual(0.95 * LIMIT);
		// None was left out.
		const starts = windows.map(({ start }) => start);
		const from = starts[0] ?? 0;
		expect(starts).toEqual(starts.map((_, n) => from + n * WINDOW_MS));
		const refused = windows.reduce((sum, window) => sum + window.refused, 0);
		expect(refused).toBeLessThanOrEqual(0.01 * 4 * LIMIT);
	} finally {
		await sandbox.close();
	}
});
