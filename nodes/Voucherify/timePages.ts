import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../common/failure';
import type { Page } from './answer';

/** What to ask for next. */
export interface TimePage {
	/** Only rows created after this moment (ISO 8601); `undefined` for all. */
	readonly after: string | undefined;
	/** Page within these rows, counted from 1. */
	readonly page: number;
}

/** Voucherify refuses pages of customers beyond this one. */
const LAST_PAGE = 99;

/**
 * Reads a list in order of creation by a cursor that is a moment, and gives every row exactly once.
 *
 * Rows that share a moment make such a cursor unsafe: when a page ends among them, a service that goes on strictly after the moment
 * skips the rest, and one that goes on at the moment repeats what was given. So the cursor is set one millisecond before the last
 * row's moment, which brings that moment's rows again either way, and repeats are dropped by id. When a whole page holds nothing
 * later, the cursor can't move, and the pages behind it are turned one by one until it can.
 */
export class TimePages {
	/** Rows given so far. */
	seen = 0;
	private cursor: number | undefined;
	private page = 1;
	private ended = false;
	/** How many rows there are, as Voucherify said when it was asked without a cursor. */
	private announced: number | undefined;
	/** When the rows were created that can come again, by id. */
	private readonly recent = new Map<unknown, number>();

	/** @param size rows asked for at once */
	constructor(readonly size: number) {}

	/** What to ask for next; `undefined` at the end. */
	get next(): TimePage | undefined {
		if (this.ended) return undefined;
		return {
			after: this.cursor === undefined ? undefined : new Date(this.cursor).toISOString(),
			page: this.page,
		};
	}

	/** How many rows fewer there were than Voucherify had announced. */
	get missing(): number {
		return Math.max(0, (this.announced ?? 0) - this.seen);
	}

	/**
	 * Takes in the answer to `next`.
	 * @returns its rows that have not come before
	 * @throws {Failure} for rows without `created_at`, and for more rows of one moment than the pages reach
	 */
	take({ rows, total, hasMore }: Page): IDataObject[] {
		this.announced ??= total ?? 0;
		const fresh: IDataObject[] = [];
		let last: number | undefined;
		for (const row of rows) {
			last = createdAt(row);
			if (this.recent.has(row.id)) continue;
			this.recent.set(row.id, last);
			fresh.push(row);
		}
		this.seen += fresh.length;
		if (last === undefined || this.isLast(rows.length, hasMore)) this.ended = true;
		else this.goOn(last - 1);
		return fresh;
	}

	private isLast(rows: number, hasMore: boolean | undefined): boolean {
		if (rows < this.size) return hasMore !== true;
		return hasMore === false && this.missing === 0;
	}

	private goOn(cursor: number): void {
		if (this.cursor !== undefined && cursor <= this.cursor) {
			this.page++;
			if (this.page > LAST_PAGE) throw tooManyAtOnce(this.cursor + 1);
			return;
		}
		this.cursor = cursor;
		this.page = 1;
		for (const [id, at] of this.recent) if (at < cursor) this.recent.delete(id);
	}
}

function createdAt(row: IDataObject): number {
	const at = Date.parse(String(row.created_at));
	if (!Number.isNaN(at)) return at;
	throw new Failure({
		message: `Voucherify listed ${String(row.id)} without the time of its creation, which the next page starts from`,
	});
}

function tooManyAtOnce(at: number): Failure {
	return new Failure({
		message: `More objects were created at ${new Date(at).toISOString()} than Voucherify lists`,
		description: 'Export them instead, or narrow the list by a filter.',
	});
}
