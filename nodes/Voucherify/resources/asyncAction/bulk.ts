import { Failure } from '../../../common/failure';
import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../../../common/operation';
import type { Limits, Part } from '../../../common/packing';
import { isRecord } from '../../../common/record';
import { textOf } from '../../answer';
import { actionIdOf, endOf, failureOfAction, resultOf } from './asyncActionJob';

/** Body limit of bulk calls: 10 MB, however many objects. */
export const BULK_LIMITS: Limits = { combined: Infinity, perLane: Infinity, bytes: 10_000_000 };

/** One bulk call. */
export interface Bulk {
	readonly path: string;
	/** Made of the parts. */
	readonly body: string;
	/** Sending it twice has the effect of sending it once. */
	readonly repeatable: boolean;
	/** In ms. */
	readonly longestWait: number;
}

/**
 * Sends a bulk call, waits for the asynchronous action behind it, and finds which of its rows failed.
 * @param parts its rows; their keys are what the action names rows by
 */
export async function sendBulk(
	parts: readonly Part[],
	run: Run,
	{ path, body, repeatable, longestWait }: Bulk,
): Promise<ReadonlyArray<Failure | undefined>> {
	const response = await run.client.send({ method: 'POST', path, body, repeatable });
	return failuresOf(await endOf(run, actionIdOf(response), longestWait), parts);
}

/**
 * Which rows of an asynchronous action failed, in their order. An action can be done and all of its rows failed.
 *
 * Rows are named by `source_id` or `code`; all rows of the same name fail with it. When more rows failed than are named, each of the
 * others may be one of them, and fails as uncertain.
 */
export function failuresOf(action: IDataObject, parts: readonly Part[]): ReadonlyArray<Failure | undefined> {
	const whole = failureOfAction(action);
	if (whole !== undefined) return parts.map(() => whole);
	const { errors, failed, failed_count: count } = resultOf(action);
	const rows = [errors, failed].flat().filter(isRecord);
	const byName = new Map(rows.map((row) => [textOf(row.source_id) ?? textOf(row.code), failureOfRow(row)]));
	const known = new Set(parts.map(({ key }) => key));
	const named = rows.filter((row) => known.has(textOf(row.source_id) ?? textOf(row.code))).length;
	const unnamed = (typeof count === 'number' ? count : rows.length) - named;
	return parts.map(({ key }) => {
		const failure = key === undefined ? undefined : byName.get(key);
		return failure ?? (unnamed > 0 ? oneOfThem(action, unnamed) : undefined);
	});
}

function failureOfRow({ key, message, details, reason }: IDataObject): Failure {
	const said = [message, details, reason].flatMap((part) => textOf(part) ?? []);
	const sentence = said[0] ?? 'without a reason';
	const more = said.slice(1).filter((part) => part !== sentence);
	return new Failure({
		message: `Voucherify refused the row: ${sentence}`,
		description: more.length === 0 ? undefined : more.join('. '),
		code: textOf(key),
	});
}

function oneOfThem({ id }: IDataObject, count: number): Failure {
	return new Failure({
		message: `Voucherify refused ${count} of the rows sent together, without saying which: this may be one`,
		description: `Look at the async action ${String(id)} and its reports in Voucherify.`,
		code: 'row_not_named',
		uncertain: true,
	});
}
