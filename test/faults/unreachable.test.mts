import { createServer } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { failureOf } from '../nodes/voucherify.mts';
import { BRAZE_OPERATIONS } from './braze-operations.mts';
import { VOUCHERIFY_OPERATIONS } from './voucherify-operations.mts';
import { inputOf, runOperation, type WriteOperation } from './write-operation.mts';

let sandbox: Sandbox;
let closedPort: string;
beforeAll(async () => {
	sandbox = await startSandbox({ asyncMs: 20 });
	closedPort = await freedPort();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const OPERATIONS = [...VOUCHERIFY_OPERATIONS, ...BRAZE_OPERATIONS].map(
	(operation) => [operation.name, operation] as const,
);
const TWO_TRIES = { timeout: 20, longestWait: 0, tries: 2 };

/** An address on this machine that nobody listens at. */
async function freedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const address = server.address();
	await new Promise<unknown>((closed) => server.close(closed));
	if (typeof address !== 'object' || address === null) throw new Error('There is no free port');
	return `http://127.0.0.1:${address.port}`;
}

/** Runs an operation of which nothing can come. */
async function failuresOf(operation: WriteOperation, baseUrl?: string) {
	const input = await inputOf(operation, sandbox);
	const before = operation.done(sandbox);
	if (baseUrl === undefined) {
		const { service, method = 'POST', path } = operation;
		sandbox.faults.add({ service, method, path: `/${path}/`, kind: 'status', status: 500 });
	}
	const { items, failed } = await runOperation(operation, sandbox, input, TWO_TRIES, baseUrl);
	expect([items.length, failed.length, operation.done(sandbox)]).toEqual([0, 3, before]);
	return failed.map((item) => failureOf(item));
}

describe('A service that cannot be reached fails every item for certain, and says where it looked:', () => {
	test.each(OPERATIONS)('%s, at a host that does not exist', async (_name, operation) => {
		for (const { message, description, uncertain } of await failuresOf(operation, 'http://nowhere.invalid')) {
			expect(`${String(message)} ${String(description)}`).toContain('nowhere.invalid');
			expect(uncertain).toBeUndefined();
		}
	});

	test.each(OPERATIONS)('%s, at a port where nobody listens', async (_name, operation) => {
		for (const { message, description, uncertain } of await failuresOf(operation, closedPort)) {
			expect(`${String(message)} ${String(description)}`).toContain('127.0.0.1');
			expect(uncertain).toBeUndefined();
		}
	});
});

test.each(OPERATIONS)('A service that stays out of order has done nothing: %s', async (_name, operation) => {
	for (const { status } of await failuresOf(operation)) expect(status).toBe(500);
});
