import { resources as braze } from '../../nodes/Braze/resources';
import { resources as voucherify } from '../../nodes/Voucherify/resources';
import type { Resource } from '../../nodes/common/operation';
import { BRAZE_OPERATIONS } from './braze-operations.mts';
import { VOUCHERIFY_OPERATIONS } from './voucherify-operations.mts';

/** Operations that only look, which any number of tries cannot harm. */
const READS =
	/^(Get|Export|Download|Wait For|Check Eligibility|Validate|Format List|Create Snippet|Check Stock)/;

/** What changes something and is no row of the matrix. */
const ELSEWHERE: Readonly<Record<string, string>> = {
	'API Call: Send': 'what it does is up to the user; test/nodes/machinery-retries tries what it may repeat',
	'Distribution: Publish to Segment':
		'one item for many customers: test/nodes/voucherify-distribution, test/workflows/killed',
	'Export: Create': 'makes one more file and changes nothing',
	'User: Track From File':
		'its rows end as accepted or in a file of the rejected ones: test/nodes/braze-track-from-file',
	'Export: Delete': 'removes a file that can be made again',
};

/** `Voucher: Create, given codes` → `Voucher: Create` */
const operationsOf = (rows: ReadonlyArray<{ readonly name: string }>) =>
	new Set(rows.map(({ name }) => name.replace(/,.*$/, '')));

test.each([
	['Voucherify', voucherify, operationsOf(VOUCHERIFY_OPERATIONS)],
	['Braze', braze, operationsOf(BRAZE_OPERATIONS)],
] as ReadonlyArray<readonly [string, readonly Resource[], ReadonlySet<string>]>)(
	'every operation of the %s node that changes something is in the matrix of faults',
	(_node, resources, rows) => {
		const writes = resources.flatMap(({ displayName, operations }) =>
			operations
				.filter((operation) => !READS.test(operation.displayName))
				.map((operation) => `${displayName}: ${operation.displayName}`),
		);
		expect(writes.filter((name) => !rows.has(name) && ELSEWHERE[name] === undefined)).toEqual([]);
		expect([...rows].filter((name) => !writes.includes(name))).toEqual([]);
	},
);
