import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';

const CUSTOMERS = 600;
const FILE = '01-manual-distribution.json';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: CUSTOMERS, latencyMs: 2 });
});
afterAll(async () => await sandbox.close());

/** Runs manual distribution in a process of its own; `killAt` ends it without warning once so many codes are handed out. */
async function distribute(killAt = Infinity): Promise<number | null> {
	const { voucherify, braze } = sandbox;
	const SERVICES = JSON.stringify({
		voucherify: { ...voucherify, state: undefined },
		braze: { ...braze, state: undefined },
	});
	const args = [
		'node_modules/jest/bin/jest.js',
		'-i',
		'--silent',
		'--testMatch',
		'**/test/workflows/template.run.mts',
	];
	const child = spawn(process.execPath, args, {
		stdio: 'ignore',
		env: { ...process.env, SERVICES, TEMPLATE: FILE },
	});
	const watch = setInterval(() => {
		if (sandbox.voucherify.state.publications.count >= killAt) child.kill('SIGKILL');
	}, 2);
	const [code] = (await once(child, 'exit')) as [number | null];
	clearInterval(watch);
	return code;
}

test('a distribution that is killed twice in the middle and run again ends with exactly one code each', async () => {
	expect(await distribute(100)).toBeNull();
	expect(await distribute(350)).toBeNull();
	expect(await distribute()).toBe(0);
	const owners = new Map<string | undefined, string>();
	for (const { customer, vouchers } of sandbox.voucherify.state.publications.all) {
		expect(owners.has(customer.sourceId)).toBe(false);
		owners.set(customer.sourceId, vouchers[0].code);
	}
	expect(owners.size).toBe(CUSTOMERS);
	for (const [owner, code] of owners) {
		const profile = sandbox.braze.state.getUser({ external_id: String(owner) });
		expect(profile?.customAttributes.voucherify_summer_code).toBe(code);
	}
}, 120_000);
