import { resources } from '../../nodes/Braze/resources';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeRequests, runBraze } from '../nodes/braze.mts';
import { BRAZE_CONTRACT } from './braze-contract.mts';
import { OPERATIONS } from './braze-operations.mts';
import { problemsOfBrazeTraffic } from './braze-traffic.mts';
import { describeWithContract } from './contract.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => {
	sandbox.reset();
	const { state } = sandbox.braze;
	state.track({
		attributes: [
			{ external_id: 'ada', email: 'ada@example.com', phone: '+491511234567' },
			{ external_id: 'bob', email: 'bob@example.com' },
		],
	});
});
afterAll(async () => await sandbox.close());

describeWithContract(BRAZE_CONTRACT, 'What the Braze node sends, and is answered, is as foreseen', () => {
	const runs = OPERATIONS.map(([operation, what, parameters, input = [{ external_id: 'ada' }]]) => ({
		operation,
		what,
		parameters,
		input,
	}));
	test.each(runs)('$operation: $what', async ({ operation, parameters, input }) => {
		const [resource = '', name = ''] = operation.split('/');
		const { error } = await runBraze(sandbox, { resource, operation: name, ...parameters }, input);
		const said = error === undefined ? undefined : `${error.message} ${error.description ?? ''}`;
		expect(said).toBeUndefined();
		expect(brazeRequests(sandbox).length).toBeGreaterThan(0);
		expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
	});
});

test('What the Braze node sends is checked for every operation that sends anything', () => {
	const sending = resources.flatMap(({ name, operations }) =>
		operations.filter(({ offline }) => offline !== true).map((operation) => `${name}/${operation.name}`),
	);
	expect([...new Set(OPERATIONS.map(([operation]) => operation))].sort()).toEqual(sending.sort());
});
