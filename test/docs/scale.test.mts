import { readFileSync, writeFileSync } from 'node:fs';
import { mainEnvironment, sharedEnvironment, workerEnvironment } from '../../scripts/queue/environment.mts';
import { localEnvironment } from '../../scripts/start/n8n-server.mts';
import { callsFor, costOf, PLANS } from '../../scripts/scale/cost-model.mts';
import { costTable } from '../../scripts/scale/cost-table.mts';

const PAGE = 'docs/scale.md';
const TABLE = /(<!-- cost table -->\n)[^]*?(\n<!-- end -->)/;

const SETTINGS = {
	redis: { host: '127.0.0.1', port: 1 },
	database: { host: '127.0.0.1', port: 2, name: 'd', user: 'u', password: 'p' },
	encryptionKey: 'k',
	webhookUrl: 'http://127.0.0.1:3',
	workerConcurrency: 5,
};

const planNamed = (name: string) => {
	const plan = PLANS.find((known) => known.name === name);
	if (plan === undefined) throw new Error(`There is no plan ${name}`);
	return plan;
};

// UPDATE_README=1 writes the table instead of comparing it.
test('docs/scale.md has the table that the cost model gives', () => {
	const page = readFileSync(PAGE, 'utf8');
	const updated = page.replace(
		TABLE,
		(_all, start: string, end: string) => `${start}\n${costTable()}\n${end}`,
	);
	if (process.env.UPDATE_README) writeFileSync(PAGE, updated);
	else expect(page).toBe(updated);
	expect(page).toMatch(TABLE);
	const { publishing, listing } = callsFor(1_000_000);
	expect(page).toContain(
		`${publishing.toLocaleString('en-US')} to publish, ${listing.toLocaleString('en-US')} to list`,
	);
});

test('docs/scale.md names no variable that the queue test does not set', () => {
	const set = new Set(
		Object.keys({
			...localEnvironment('/nowhere', 1, 2),
			...sharedEnvironment(SETTINGS),
			...mainEnvironment(),
			...workerEnvironment(SETTINGS),
		}),
	);
	const named = readFileSync(PAGE, 'utf8').match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [];
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((name) => !set.has(name))).toEqual([]);
});

describe('The cost model', () => {
	test('counts one publication for each customer, a look at the campaign for each chunk, and 75 profiles to a request', () => {
		expect(callsFor(10_000)).toEqual({ listing: 101, publishing: 10_034, voucherify: 10_135, braze: 134 });
		expect(callsFor(1)).toEqual({ listing: 2, publishing: 2, voucherify: 4, braze: 1 });
		expect(callsFor(301).braze).toBe(5);
	});

	test('adds up runs that each list a part', () => {
		const one = callsFor(100_000);
		expect(callsFor(250_000).voucherify).toBe(2 * one.voucherify + callsFor(50_000).voucherify);
	});

	test('says what the limits mean: at 100 calls a minute, a million customers take a week', () => {
		const { minutes, cycles } = costOf(1_000_000, planNamed('Business'));
		expect(minutes / 60 / 24).toBeGreaterThan(7);
		expect(minutes / 60 / 24).toBeLessThan(7.1);
		expect(cycles).toBeGreaterThan(10);
		expect(costOf(1_000_000, planNamed('Organization')).minutes / 60).toBeLessThan(9);
	});
});
