import type { Clock } from '../../common/clock.mts';
import { JobFailures } from '../../common/job-failures.mts';
import type { Random } from '../../common/random.mts';
import { invalid, notFound } from '../errors.mts';
import { isObject, type JsonObject } from '../json.mts';
import { customerTable } from './customer-table.mts';
import { emptyTable } from './empty-table.mts';
import { orderTable } from './order-table.mts';
import { pointsExpirationTable } from './points-expiration-table.mts';
import { publicationTable } from './publication-table.mts';
import { redemptionTable } from './redemption-table.mts';
import type { ExportSource } from './source.mts';
import type { Table } from './table.mts';
import { transactionTable } from './transaction-table.mts';
import { voucherTable } from './voucher-table.mts';

const TABLES: Readonly<Record<string, Table>> = {
	voucher: voucherTable,
	redemption: redemptionTable,
	customer: customerTable,
	publication: publicationTable,
	order: orderTable,
	points_expiration: pointsExpirationTable,
	voucher_transactions: transactionTable,
	product: emptyTable,
	sku: emptyTable,
};

export type ExportStatus = 'SCHEDULED' | 'IN_PROGRESS' | 'DONE' | 'ERROR';

/** An export that was asked for. Its rows are read when it is downloaded. */
export interface ExportJob {
	readonly id: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly exportedObject: string;
	readonly parameters: unknown;
	readonly table: Table;
	/** Proof of being allowed to download. */
	readonly token: string;
	/** Milliseconds from its creation to its end. */
	readonly takesMs: number;
	readonly fails: boolean;
}

/** All exports. */
export class Exports {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #source: ExportSource;
	readonly #takesMs: number;
	readonly #jobs = new Map<string, ExportJob>();
	readonly #failures = new JobFailures();

	constructor(clock: Clock, random: Random, source: ExportSource, takesMs: number) {
		this.#clock = clock;
		this.#random = random;
		this.#source = source;
		this.#takesMs = takesMs;
	}

	/** Oldest first. */
	get all(): ExportJob[] {
		return [...this.#jobs.values()];
	}

	/** Lets the next exports end with ERROR. */
	failNext(count: number): void {
		this.#failures.next(count);
	}

	/** Takes an order for an export. Throws 400 `invalid_payload` or `invalid_export_fields`. */
	create(body: unknown): ExportJob {
		const exportedObject = isObject(body) ? body['exported_object'] : undefined;
		const table =
			typeof exportedObject === 'string' && Object.hasOwn(TABLES, exportedObject)
				? TABLES[exportedObject]
				: undefined;
		if (!isObject(body) || typeof exportedObject !== 'string' || table === undefined) {
			const details = `Property .exported_object should be one of ${Object.keys(TABLES).join(', ')}`;
			throw invalid('invalid_payload', 'Invalid payload', details);
		}
		const parameters = body['parameters'] ?? {};
		table.check(parameters, this.#source);
		const fails = this.#failures.take();
		const job: ExportJob = {
			id: this.#random.id('exp_'),
			createdAt: this.#clock.millis(),
			exportedObject,
			parameters,
			table,
			token: this.#random.id('', 64),
			takesMs: this.#takesMs,
			fails,
		};
		this.#jobs.set(job.id, job);
		return job;
	}

	/** Takes an order for an export of transactions and answers it, with the address where the file will be. Throws 400. */
	startTransactions(parameters: JsonObject): Record<string, unknown> {
		const job = this.create({ exported_object: 'voucher_transactions', parameters });
		return { ...this.toExport(job, 'SCHEDULED'), result: { url: this.#fileUrl(job) } };
	}

	/** Throws 404. */
	get(id: string): ExportJob {
		const job = this.#jobs.get(id);
		if (job === undefined) throw notFound('export', id);
		return job;
	}

	delete(job: ExportJob): void {
		this.#jobs.delete(job.id);
	}

	/** How far the export is by now: scheduled for a third of its time, then in progress. */
	status(job: ExportJob): ExportStatus {
		const passed = this.#clock.millis() - job.createdAt;
		if (passed >= job.takesMs) return job.fails ? 'ERROR' : 'DONE';
		return passed < job.takesMs / 3 ? 'SCHEDULED' : 'IN_PROGRESS';
	}

	/** The file in pieces. */
	csv(job: ExportJob): Generator<string> {
		return job.table.csv(job.parameters, this.#source);
	}

	/** The export as its routes show it. */
	toExport(job: ExportJob, status = this.status(job)): Record<string, unknown> {
		return {
			id: job.id,
			object: 'export',
			created_at: new Date(job.createdAt).toISOString(),
			status,
			channel: 'API',
			exported_object: job.exportedObject,
			parameters: job.parameters,
			result: status === 'DONE' ? { url: this.#fileUrl(job) } : null,
			user_id: null,
		};
	}

	#fileUrl(job: ExportJob): string {
		return `${this.#source.url}/v1/exports/${job.id}?token=${job.token}`;
	}
}
