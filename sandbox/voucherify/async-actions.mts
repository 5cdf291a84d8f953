import type { Clock } from '../common/clock.mts';
import { JobFailures } from '../common/job-failures.mts';
import type { Random } from '../common/random.mts';
import { notFound } from './errors.mts';
import type { JsonObject } from './json.mts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Reports of failed rows can be fetched for so long. */
const REPORTS_KEPT_MS = 30 * DAY_MS;

/** What an asynchronous action does. */
export type AsyncActionType =
	| 'CAMPAIGN.VOUCHERS_IMPORT'
	| 'CAMPAIGN.VOUCHERS_IMPORT_CSV'
	| 'CAMPAIGN.VOUCHERS_DELETE'
	| 'CAMPAIGN.VOUCHERS_GENERATE'
	| 'CUSTOMERS.IMPORT_CSV'
	| 'CUSTOMERS.BULK_UPDATE'
	| 'CUSTOMERS.METADATA_UPDATE'
	| 'VOUCHERS.IMPORT'
	| 'VOUCHERS.IMPORT_CSV'
	| 'VOUCHERS.BULK_UPDATE'
	| 'VOUCHERS.METADATA_UPDATE'
	| 'ORDERS.IMPORT';

/** A row that could not be done. */
export interface FailedRow {
	readonly key: string;
	readonly message: string;
	readonly details: string;
	/** Of a customer or an order. */
	readonly sourceId?: string | undefined;
	/** Of a voucher. */
	readonly code?: string | undefined;
	/** Of a CSV file, counted from 1. */
	readonly row?: number | undefined;
}

/** What came of an action. */
export interface AsyncOutcome {
	readonly done: number;
	readonly failed: readonly FailedRow[];
}

export interface AsyncAction {
	readonly id: string;
	readonly type: AsyncActionType;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly requestId: string;
	status: 'ENQUEUED' | 'IN_PROGRESS' | 'DONE' | 'FAILED';
	updatedAt: number;
	outcome: AsyncOutcome | undefined;
}

/** Work that is done later, by the clock: a third of its time it waits, then it is in progress, then done. */
export class AsyncActions {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #takesMs: number;
	readonly #serviceUrl: () => string;
	readonly #actions = new Map<string, AsyncAction>();
	readonly #failures = new JobFailures();

	constructor(clock: Clock, random: Random, takesMs: number, serviceUrl: () => string) {
		this.#clock = clock;
		this.#random = random;
		this.#takesMs = takesMs;
		this.#serviceUrl = serviceUrl;
	}

	/** Oldest first. */
	get all(): readonly AsyncAction[] {
		return [...this.#actions.values()];
	}

	/** Throws 404. */
	get(id: string): AsyncAction {
		const action = this.#actions.get(id);
		if (action === undefined) throw notFound('async_action', id);
		return action;
	}

	/** Lets the next actions end with FAILED, none of their work done. */
	failNext(count: number): void {
		this.#failures.next(count);
	}

	/**
	 * Starts an action, whose work is done at its end; `begun` runs when it gets its turn. When the work throws, the
	 * action ends with FAILED.
	 */
	start(type: AsyncActionType, work: () => AsyncOutcome, begun?: () => void): AsyncAction {
		const fails = this.#failures.take();
		const now = this.#clock.millis();
		const action: AsyncAction = {
			id: this.#random.id('aa_'),
			type,
			createdAt: now,
			requestId: this.#random.id('v-', 18),
			status: 'ENQUEUED',
			updatedAt: now,
			outcome: undefined,
		};
		this.#actions.set(action.id, action);
		this.#clock.schedule(now + this.#takesMs / 3, () => {
			begun?.();
			this.#turn(action, 'IN_PROGRESS');
		});
		this.#clock.schedule(now + this.#takesMs, () => this.#finish(action, fails ? cannotBeDone : work));
		return action;
	}

	/** The action as the list of actions shows it. */
	toListedAction(action: AsyncAction): Record<string, unknown> {
		const { outcome } = action;
		return {
			id: action.id,
			type: action.type,
			status: action.status,
			operation_status: operationStatus(action),
			created_at: new Date(action.createdAt).toISOString(),
			updated_at: new Date(action.updatedAt).toISOString(),
			request_id: action.requestId,
			processing_time: outcome === undefined ? 0 : action.updatedAt - action.createdAt,
			progress: this.#progress(action),
			object: 'async_action',
		};
	}

	/** The action as GET /v1/async-actions/{id} shows it: with its result once it has ended. */
	toAction(action: AsyncAction): Record<string, unknown> {
		const { outcome } = action;
		return {
			...this.toListedAction(action),
			...(outcome !== undefined && { result: this.#result(action, outcome) }),
		};
	}

	/** Address of the list of failed rows, open to who knows the id. */
	#reports(action: AsyncAction, outcome: AsyncOutcome): string[] {
		return outcome.failed.length === 0 ? [] : [`${this.#serviceUrl()}/downloads/async-actions/${action.id}`];
	}

	/** Bulk updates, imports and everything else tell what failed in three different shapes. */
	#result(action: AsyncAction, { done, failed }: AsyncOutcome): JsonObject {
		const counts = { done_count: done, failed_count: failed.length };
		if (action.type.endsWith('_UPDATE')) {
			const till = new Date(action.updatedAt + REPORTS_KEPT_MS).toISOString();
			const reports = this.#reports(action, { done, failed });
			return { ...counts, errors: failed.map(toError), reports, reports_available_till: till };
		}
		const message =
			failed.length === 0 ? 'Operation has been completed' : `${failed.length} rows have failed`;
		if (action.type.includes('IMPORT')) return { message, ...counts, failed: failed.map(toFailure) };
		return { message, done_count: done };
	}

	#progress({ status, createdAt }: AsyncAction): number {
		if (status === 'DONE' || status === 'FAILED') return 100;
		if (status === 'ENQUEUED' || this.#takesMs === 0) return 0;
		return Math.min(99, Math.floor((100 * (this.#clock.millis() - createdAt)) / this.#takesMs));
	}

	#finish(action: AsyncAction, work: () => AsyncOutcome): void {
		try {
			action.outcome = work();
			this.#turn(action, 'DONE');
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			action.outcome = { done: 0, failed: [{ key: 'internal_error', message, details: message }] };
			this.#turn(action, 'FAILED');
		}
	}

	#turn(action: AsyncAction, status: AsyncAction['status']): void {
		action.status = status;
		action.updatedAt = this.#clock.millis();
	}
}

function cannotBeDone(): AsyncOutcome {
	throw new Error('The action could not be done');
}

/** An action in which not a single row succeeded has failed, although its status says DONE. */
function operationStatus({ status, outcome }: AsyncAction): 'SUCCESS' | 'FAILED' | 'UNKNOWN' {
	if (outcome === undefined) return 'UNKNOWN';
	return status === 'FAILED' || (outcome.done === 0 && outcome.failed.length > 0) ? 'FAILED' : 'SUCCESS';
}

function toError({ key, message, details, sourceId, code }: FailedRow): JsonObject {
	return {
		key,
		message,
		details,
		...(sourceId !== undefined && { source_id: sourceId }),
		...(code !== undefined && { code }),
	};
}

function toFailure({ details, sourceId, code, row }: FailedRow): JsonObject {
	return {
		...(row !== undefined && { row }),
		...(sourceId !== undefined && { source_id: sourceId }),
		...(code !== undefined && { code }),
		reason: details,
	};
}
