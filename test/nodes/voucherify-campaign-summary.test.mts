import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { customers, located, publishing, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const summary = (period: Record<string, string> = {}) => ({
	resource: 'campaign',
	operation: 'getSummary',
	campaign: located('name', 'Free Coffee'),
	period,
});

test('the summary of a campaign counts its publications, of all days or of some', async () => {
	await runVoucherify(sandbox, publishing('Free Coffee'), customers(3));
	const figures = async (period?: Record<string, string>) =>
		(await runVoucherify(sandbox, summary(period), [{}])).items[0]?.json.publications;
	expect(await figures()).toEqual({ total_succeeded: 3 });
	expect(await figures({ from: '2020-01-01', to: '2020-12-31' })).toEqual({ total_succeeded: 0 });
	expect(await figures({ from: '2020-01-01', to: '2999-12-31' })).toEqual({ total_succeeded: 3 });
});

test.each([
	['one day without the other', { from: '2026-01-01' }, 'both days'],
	['an end before the start', { from: '2026-02-01', to: '2026-01-01' }, 'later day'],
])('%s is refused before anything is sent', async (_case, period, words) => {
	sandbox.log.clear();
	const { error } = await runVoucherify(sandbox, summary(period as unknown as Record<string, string>), [{}]);
	expect(error?.description).toContain(words);
	expect(sandbox.log.totals).toEqual({});
});
