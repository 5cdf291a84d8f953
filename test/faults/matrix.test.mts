import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import type { NodeRun } from '../nodes/n8n.mts';
import { failureOf } from '../nodes/voucherify.mts';
import { BRAZE_OPERATIONS } from './braze-operations.mts';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.mts';
import { VOUCHERIFY_OPERATIONS } from './voucherify-operations.mts';
import { inputOf, runOperation, type WriteOperation } from './write-operation.mts';

/** Cells that are tried side by side: most of their time is waiting for the next try. */
const AT_ONCE = 8;
/** No wait is longer than a second; only who waits for nothing gives up soon, for a busy machine answers late. */
const REQUEST_SETTINGS = { timeout: 20, longestWait: 1, tries: 3 };
const SOON = { ...REQUEST_SETTINGS, timeout: 2 };

const sandboxes: Sandbox[] = [];
beforeAll(async () => {
	for (let n = 0; n < AT_ONCE; n++)
		sandboxes.push(await startSandbox({ asyncMs: 20, exportMs: 20, braze: { catalogMs: 0 } }));
});
afterAll(async () => await Promise.all(sandboxes.map(async (sandbox) => await sandbox.close())));

/** A line for each operation, printed when all have been tried. */
const table: string[] = [];
afterAll(() => {
	const head = [
		'| operation | faults | every item saved | told as failed | told as uncertain | lost or done twice |',
		'|---|---|---|---|---|---|',
	];
	process.stdout.write(`\n${[...head, ...table].join('\n')}\n`);
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
	readonly hits: number;
	readonly secrets: readonly string[];
	readonly reasons: readonly unknown[];
}

describe.each([
	['Voucherify', VOUCHERIFY_OPERATIONS],
	['Braze', BRAZE_OPERATIONS],
] as const)(
	'Whatever goes wrong with a request of the %s node, every item ends once and nothing is done twice:',
	(_node, operations) => {
		test.each(operations.map((operation) => [operation.name, operation] as const))(
			'%s',
			async (_name, operation) => {
				const kinds = FAULT_KINDS.filter(
					({ service, paths }) =>
						(service === undefined || service === operation.service) && paths?.test(operation.path) !== false,
				);
				const cells = await inTurns(kinds, async (kind, sandbox) => await cellOf(operation, kind, sandbox));
				const broken = cells.flatMap((cell, index) => {
					const kind = kinds[index];
					const problems = kind === undefined ? [] : problemsOf(cell, operation, kind);
					return problems.length === 0 ? [] : [{ problems, ...cell }];
				});
				const count = (holds: (cell: Cell) => boolean): number => cells.filter(holds).length;
				const told = [
					count(({ succeeded, items }) => succeeded === items),
					count(({ failed }) => failed > 0),
					count(({ uncertain }) => uncertain > 0),
					broken.length,
				];
				table.push(`| ${[operation.name, cells.length, ...told].join(' | ')} |`);
				expect(broken).toEqual([]);
			},
			120_000,
		);
	},
);

async function cellOf(operation: WriteOperation, kind: FaultKind, sandbox: Sandbox): Promise<Cell> {
	sandbox.reset();
	const input = await inputOf(operation, sandbox);
	const before = operation.done(sandbox);
	const effect = kind.effect(Date.now());
	sandbox.faults.add({
		service: operation.service,
		method: operation.method ?? 'POST',
		path: `/${operation.path}/`,
		when: kind.when,
		times: 1,
		...effect,
	});
	const settings = effect.kind === 'hang' ? SOON : REQUEST_SETTINGS;
	const result = await runOperation(operation, sandbox, input, settings);
	// Catalogs apply what they are sent in bulk a moment later.
	await sleep(10);
	const failures = result.failed.map((item) => failureOf(item));
	const uncertain = failures.filter((failure) => failure.uncertain === true).length;
	return {
		fault: kind.name,
		items: input.length,
		succeeded: new Set(result.items.map(place)).size,
		uncertain,
		failed: failures.length - uncertain,
		done: operation.done(sandbox) - before,
		ended: [...new Set([...result.items, ...result.failed].map(place))].sort(),
		hits: sandbox.faults.list()[0]?.hits ?? 0,
		secrets: secretsIn(result, sandbox),
		reasons: failures.map(({ message, description }) => ({ message, description })),
	};
}

/** What is wrong with how a cell ended; nothing when all promises hold. */
function problemsOf(cell: Cell, { repeatable }: WriteOperation, { tells }: FaultKind): string[] {
	const { items, succeeded, uncertain, failed, done, ended } = cell;
	const all = Array.from({ length: items }, (_, index) => index);
	const recovers = tells === 'refused' || tells === 'taken' || (tells === 'lost' && repeatable);
	const claims: ReadonlyArray<readonly [string, boolean]> = [
		['the fault has hit no request', cell.hits === 1],
		[
			'an item has no end, or two',
			JSON.stringify(ended) === JSON.stringify(all) && succeeded + uncertain + failed === items,
		],
		['something counts as done that is not', done >= succeeded],
		[
			'something was done that counts as failed for certain, or was done twice',
			done <= succeeded + uncertain,
		],
		['an item failed that could have been saved', !recovers || succeeded === items],
		['a lost answer is told as if nothing could have happened', tells !== 'lost' || failed === 0],
		['a refusal is told as a doubt', tells !== 'rejected' || uncertain === 0],
		['a secret shows', cell.secrets.length === 0],
	];
	return claims.flatMap(([problem, holds]) => (holds ? [] : [problem]));
}

function secretsIn({ run: { data } }: NodeRun, { voucherify, braze }: Sandbox): string[] {
	const said = JSON.stringify(data.resultData);
	return [voucherify.secretKey, voucherify.webhookSecret, braze.apiKey].filter((secret) =>
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
