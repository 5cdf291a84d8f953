import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { NodeRun } from '../nodes/n8n.mts';
import { failureOf } from '../nodes/voucherify.mts';
import { arrange, withPartialFailure } from './arrangement.mts';
import { BRAZE_OPERATIONS } from './braze-operations.mts';
import { kindsOf, type FaultKind } from './fault-kinds.mts';
import { VOUCHERIFY_OPERATIONS } from './voucherify-operations.mts';
import { WAITING_OPERATIONS } from './waiting-operations.mts';
import { inputOf, runOperation, type WriteOperation } from './write-operation.mts';

/** Cells that are tried side by side: most of their time is waiting for the next try. */
const AT_ONCE = 8;
/** Longer than any test runs. */
const NEVER_MS = 24 * 3_600_000;

const sandboxes: Sandbox[] = [];
/** One whose jobs do not end. An operation has one cell that needs it, so it serves them all. */
let endless: Sandbox;
beforeAll(async () => {
	for (let n = 0; n < AT_ONCE; n++)
		sandboxes.push(await startSandbox({ asyncMs: 20, exportMs: 20, braze: { catalogMs: 0 } }));
	endless = await startSandbox({ asyncMs: NEVER_MS, exportMs: NEVER_MS });
});
afterAll(async () => {
	await Promise.all([...sandboxes, endless].map(async (sandbox) => await sandbox.close()));
});

/** A line for each operation, printed when all have been tried. */
const table: string[] = [];
let count = 0;
afterAll(() => {
	const head = [
		'| operation | faults | every item saved | told as failed | told as uncertain | lost or done twice | cannot happen |',
		'|---|---|---|---|---|---|---|',
	];
	process.stdout.write(`\n${[...head, ...table].join('\n')}\n${count} cells\n`);
});

/** How one cell of the matrix ended. */
interface Cell {
	readonly fault: string;
	readonly items: number;
	readonly succeeded: number;
	readonly uncertain: number;
	readonly failed: number;
	/** What the sandbox's state shows to be done. */
	readonly done: number;
	/** The items that ended, by their places in the input. */
	readonly ended: readonly number[];
	readonly happened: boolean;
	/** Whether each item that failed says what it is to say. */
	readonly told: boolean;
	/** Places of the items that failed, for certain or not. */
	readonly failedAt: readonly number[];
	readonly hints: string;
	readonly secrets: readonly string[];
	readonly reasons: readonly unknown[];
}

describe.each([
	['request of the Voucherify node', VOUCHERIFY_OPERATIONS],
	['request of the Braze node', BRAZE_OPERATIONS],
	['job that an operation only waits for', WAITING_OPERATIONS],
] as const)(
	'Whatever goes wrong with a %s, every item ends once and nothing is done twice:',
	(_node, operations) => {
		test.each(operations.map((operation) => [operation.name, operation] as const))(
			'%s',
			async (_name, operation) => {
				const kinds = kindsOf(operation);
				const cells = await inTurns(kinds, async (kind, sandbox) => await cellOf(operation, kind, sandbox));
				const broken = cells.flatMap((cell, index) => {
					const kind = kinds[index];
					const problems = kind === undefined ? [] : problemsOf(cell, operation, kind);
					return problems.length === 0 ? [] : [{ problems, ...cell }];
				});
				const countOf = (holds: (cell: Cell) => boolean): number => cells.filter(holds).length;
				const told = [
					countOf(({ succeeded, items }) => succeeded === items),
					countOf(({ failed }) => failed > 0),
					countOf(({ uncertain }) => uncertain > 0),
					broken.length,
					impossibleOf(operation).join(', '),
				];
				count += cells.length;
				table.push(`| ${[operation.name, cells.length, ...told].join(' | ')} |`);
				expect(broken).toEqual([]);
			},
			120_000,
		);
	},
);

/** Why some faults have no cell. */
function impossibleOf({ partial = 'one object a request', job }: WriteOperation): string[] {
	const noFailure = job === undefined ? 'no job to wait for' : job.fail;
	return [partial, noFailure].filter((reason) => typeof reason === 'string');
}

async function cellOf(row: WriteOperation, kind: FaultKind, quick: Sandbox): Promise<Cell> {
	const { cause } = kind;
	const operation = cause.kind === 'partial' ? withPartialFailure(row) : row;
	const neverEnds = cause.kind === 'job' && cause.end === 'never';
	const sandbox = neverEnds ? endless : quick;
	sandbox.reset();
	if (cause.kind === 'job' && cause.end === 'fails' && typeof row.job?.fail === 'function')
		row.job.fail(sandbox);
	const input = await inputOf(operation, sandbox);
	const before = operation.done(sandbox);
	const { happened, says = '', ...differences } = await arrange(cause, operation, sandbox);
	const result = await runOperation(operation, sandbox, input, differences);
	// Catalogs apply what they are sent in bulk a moment later.
	await sleep(10);
	const failures = result.failed.map((item) => failureOf(item));
	const uncertain = failures.filter((failure) => failure.uncertain === true).length;
	const reasons = failures.map(({ message, description }) => ({ message, description }));
	return {
		fault: kind.name,
		items: input.length,
		succeeded: new Set(result.items.map(place)).size,
		uncertain,
		failed: failures.length - uncertain,
		done: operation.done(sandbox) - before,
		ended: [...new Set([...result.items, ...result.failed].map(place))].sort(),
		happened: happened(),
		told: reasons.every((reason) => JSON.stringify(reason).includes(says)),
		failedAt: result.failed.map(place).sort(),
		hints: result.hints.map(({ message }) => message).join(' '),
		secrets: secretsIn(result, sandbox),
		reasons,
	};
}

/** What is wrong with how a cell ended; nothing when all promises hold. */
function problemsOf(cell: Cell, operation: WriteOperation, { tells }: FaultKind): string[] {
	const { items, succeeded, uncertain, failed, done, ended } = cell;
	const { repeatable, changesNothing = false } = operation;
	const all = Array.from({ length: items }, (_, index) => index);
	const recovers = tells === 'refused' || tells === 'taken' || (tells === 'lost' && repeatable);
	const isDoubtful = (tells === 'lost' || tells === 'gone') && !changesNothing;
	const claims: ReadonlyArray<readonly [string, boolean]> = [
		['the fault did not happen as it was meant to', cell.happened],
		['an item has no end, or two', same(ended, all) && succeeded + uncertain + failed === items],
		['something counts as done that is not', done >= succeeded || (changesNothing && succeeded === 0)],
		[
			'something was done that counts as failed for certain, or was done twice',
			done <= succeeded + uncertain,
		],
		['an item failed that could have been saved', !recovers || succeeded === items],
		['an item came through that could not', tells !== 'gone' || succeeded === 0],
		['a lost answer is told as if nothing could have happened', !isDoubtful || failed === 0],
		['a refusal is told as a doubt', !['rejected', 'inPart'].includes(tells) || uncertain === 0],
		[
			'others than the refused objects failed',
			tells !== 'inPart' || same(cell.failedAt, refusedOf(operation)),
		],
		[
			'nothing is said of what was refused',
			tells !== 'inPart' || cell.failedAt.length > 0 || cell.hints.includes('refused'),
		],
		['a failure does not say what it should', cell.told],
		['a secret shows', cell.secrets.length === 0],
	];
	return claims.flatMap(([problem, holds]) => (holds ? [] : [problem]));
}

function refusedOf({ partial }: WriteOperation): readonly number[] {
	return typeof partial === 'object' ? partial.failed : [];
}

function same(some: readonly number[], others: readonly number[]): boolean {
	return JSON.stringify(some) === JSON.stringify(others);
}

/** Keys, and access tokens that were used, in what a run says. */
function secretsIn({ run: { data } }: NodeRun, { voucherify, braze, log }: Sandbox): string[] {
	const said = JSON.stringify(data.resultData);
	const tokens = log
		.entries()
		.flatMap(({ service, requestHeaders }) =>
			service === 'voucherify' ? (String(requestHeaders['authorization']).split('Bearer ')[1] ?? []) : [],
		);
	return [voucherify.secretKey, voucherify.webhookSecret, braze.apiKey, ...tokens].filter((secret) =>
		said.includes(secret),
	);
}

function place({ pairedItem }: INodeExecutionData): number {
	if (typeof pairedItem !== 'object' || Array.isArray(pairedItem))
		throw new Error('An item is paired with none');
	return pairedItem.item;
}

/** Does something with each element, several at once, each with a sandbox of its own; results in the order of the elements. */
async function inTurns<T, R>(
	elements: readonly T[],
	work: (element: T, sandbox: Sandbox) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	await Promise.all(
		sandboxes.map(async (sandbox) => {
			for (let at = next++; at < elements.length; at = next++) {
				const element = elements[at];
				if (element !== undefined) results[at] = await work(element, sandbox);
			}
		}),
	);
	return results;
}
