import { startSandbox } from '../../sandbox/sandbox.mts';
import { runVoucherify } from '../nodes/voucherify.mts';
import { describeWithContract, OpenApiContract } from './contract.mts';
import { problemsOfTraffic } from './traffic.mts';
import { CAMPAIGNS, CUSTOMERS, type OperationRun, SEGMENTS, VOUCHERS } from './voucherify-operations.mts';

const CONTRACT = 'voucherify-contract.json';

/** Each story is told to a sandbox of its own. */
const STORIES: ReadonlyArray<readonly [string, readonly OperationRun[]]> = [
	['vouchers', VOUCHERS],
	['customers', CUSTOMERS],
	['campaigns', CAMPAIGNS],
	['segments', SEGMENTS],
];

describeWithContract(
	CONTRACT,
	'What operations send, and what they are answered, is as the contract has it',
	() => {
		test.each(STORIES)('%s', async (_what, runs) => {
			const contract = new OpenApiContract(CONTRACT);
			const sandbox = await startSandbox({ asyncMs: 30 });
			try {
				for (const { resource, operation, parameters, input, items } of runs) {
					sandbox.log.clear();
					const { error } = await runVoucherify(sandbox, { resource, operation, ...parameters }, input, {
						...(items === undefined ? {} : { items }),
					});
					const problems = problemsOfTraffic(contract, sandbox);
					const said = error === undefined ? undefined : `${error.message} ${error.description ?? ''}`;
					expect({ resource, operation, said, problems }).toEqual({
						resource,
						operation,
						said: undefined,
						problems: [],
					});
					expect(sandbox.log.entries().length).toBeGreaterThan(0);
				}
			} finally {
				await sandbox.close();
			}
		});
	},
);
