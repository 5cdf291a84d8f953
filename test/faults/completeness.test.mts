import { resources as braze } from '../../nodes/Braze/resources';
import { resources as voucherify } from '../../nodes/Voucherify/resources';
import type { Operation, Resource } from '../../nodes/common/operation';
import { BRAZE_OPERATIONS } from './braze-operations.mts';
import { kindsOf } from './fault-kinds.mts';
import { VOUCHERIFY_OPERATIONS } from './voucherify-operations.mts';
import { WAITING_OPERATIONS } from './waiting-operations.mts';
import type { WriteOperation } from './write-operation.mts';

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

/** What each operation that changes something is tried with, and what those of Voucherify are tried with beside it. */
const ALWAYS = [
	...['429, without headers', '429, Retry-After', '413', '403', '500, every time', 'slow answer'],
	...[
		'500',
		'503',
		'504',
		'no answer in time',
		'connection reset',
		'answer cut off',
		'a web page for an answer',
	].flatMap((fault) => [`${fault}, before the work`, `${fault}, after the work`]),
	...['DNS knows no such host', 'nobody listens'],
];
const OF_VOUCHERIFY = [
	...['429, X-Rate-Limit-Retry', '502, before the work', '502, after the work'],
	...['access token expired, before the work', 'access token expired, after the work'],
];
const OF_BRAZE = [
	...[
		'429, X-RateLimit-Reset as a moment',
		'429, X-RateLimit-Reset in seconds',
		'429, X-RateLimit-Retry-After',
	],
	'502, as Braze gives it',
];

/** `Voucher: Create, given codes` → `Voucher: Create` */
const operationOf = ({ name }: WriteOperation): string => name.replace(/,.*$/, '');

const NODES: ReadonlyArray<readonly [string, readonly Resource[], readonly WriteOperation[]]> = [
	['Voucherify', voucherify, VOUCHERIFY_OPERATIONS],
	['Braze', braze, BRAZE_OPERATIONS],
];

/** The names of a node's operations of which something holds. */
const namesOf = (resources: readonly Resource[], holds: (operation: Operation) => boolean): string[] =>
	resources.flatMap(({ displayName, operations }) =>
		operations.filter(holds).map((operation) => `${displayName}: ${operation.displayName}`),
	);

const isWrite = ({ displayName }: Operation): boolean => !READS.test(displayName);

test.each(NODES)(
	'every operation of the %s node that changes something is in the matrix of faults',
	(_node, resources, rows) => {
		const writes = namesOf(resources, isWrite);
		const known = new Set(rows.map(operationOf));
		expect(writes.filter((name) => !known.has(name) && ELSEWHERE[name] === undefined)).toEqual([]);
		expect([...known].filter((name) => !writes.includes(name))).toEqual([]);
	},
);

test.each([...VOUCHERIFY_OPERATIONS, ...BRAZE_OPERATIONS].map((row) => [row.name, row] as const))(
	'has a cell for each fault that any request can meet: %s',
	(_name, row) => {
		const cells = kindsOf(row).map(({ name }) => name);
		expect(cells).toEqual(expect.arrayContaining(ALWAYS));
		expect(cells).toEqual(expect.arrayContaining(row.service === 'voucherify' ? OF_VOUCHERIFY : OF_BRAZE));
	},
);

test.each(NODES)(
	'every operation of the %s node that puts many objects into a request has a cell where some are refused, or says why there is none',
	(_node, resources, rows) => {
		const many = namesOf(
			resources,
			(operation) =>
				isWrite(operation) && (operation.kind === 'inBatches' || /CSV/.test(operation.displayName)),
		);
		const known = new Set(rows.filter(({ partial }) => partial !== undefined).map(operationOf));
		expect(many.filter((name) => !known.has(name))).toEqual([]);
		expect([...known].filter((name) => !many.includes(name))).toEqual([]);
	},
);

test.each(NODES)(
	'every operation of the %s node that waits for a job has cells where it fails and where it never ends',
	(_node, resources, rows) => {
		const waiting = namesOf(resources, ({ fields }) =>
			JSON.stringify(fields).includes('"longestWaitForResult"'),
		);
		const known = new Set(
			[...rows, ...WAITING_OPERATIONS].filter(({ job }) => job !== undefined).map(operationOf),
		);
		expect(waiting.length).toBeGreaterThan(0);
		expect(waiting.filter((name) => !known.has(name))).toEqual([]);
	},
);
