import { CsvReader, EVERY_COLUMN, type CellSink } from '../../common/csvReader';
import { Failure, shown } from '../../common/failure';
import { widthProblem } from '../../common/fileRows';
import { isCodeLabel, plainLabel } from './codeColumn';
import type { ListedCodes } from './listedCodes';

/** What an export of vouchers says of the codes on a list. */
export interface StockCounts {
	/** Rows of the export whose codes are on the list. */
	readonly found: number;
	readonly notOnList: number;
	/** Vouchers with a holder. */
	readonly published: number;
	/** At least once. */
	readonly redeemed: number;
	/** As often as their limit allows. */
	readonly redeemedInFull: number;
	readonly inactive: number;
	readonly expired: number;
	/** Those to which none of this applies. */
	readonly usable: number;
	/** Of these, the ones that expire before the list does. */
	readonly expiringBeforeList: number;
}

/** What stands in a column. */
type Role = 'code' | 'holder' | 'count' | 'quantity' | 'active' | 'expiry';

/** How Voucherify calls the columns, as a field and as a label, in small letters and digits alone. */
const LABELS: Readonly<Record<string, Role>> = {
	customerid: 'holder',
	customersourceid: 'holder',
	redemptioncount: 'count',
	redemptionquantity: 'quantity',
	active: 'active',
	expirationdate: 'expiry',
};

/** What the export has to have been made with. */
const NEEDED: ReadonlyArray<readonly [role: Role, name: string]> = [
	['code', 'Code'],
	['holder', 'Customer ID'],
	['count', 'Redemption Count'],
	['quantity', 'Redemption Quantity'],
	['active', 'Active'],
	['expiry', 'Expiration Date'],
];

/** A cell is cut off after so many bytes: nothing that is looked for is that long. */
const LONGEST_CELL = 4096;

/** Counts the vouchers of an export (CSV with a header) as its bytes come in. Holds a row at most. */
export class Stock implements CellSink {
	private readonly reader: CsvReader;
	private roles: ReadonlyArray<Role | undefined> | undefined;
	private readonly names: string[] = [];
	private column = 0;
	private row = emptyRow();
	private readonly dates = new Dates();
	private readonly tally = {
		found: 0,
		notOnList: 0,
		published: 0,
		redeemed: 0,
		redeemedInFull: 0,
		inactive: 0,
		expired: 0,
		usable: 0,
		expiringBeforeList: 0,
	};

	/**
	 * @param list the codes that count; all of them unless given
	 * @param now in ms since the epoch
	 * @param listEnds when the list expires, in ms since the epoch, if that is known
	 * @param delimiter as a byte
	 */
	constructor(
		private readonly list: ListedCodes | undefined,
		private readonly now: number,
		private readonly listEnds: number | undefined,
		delimiter: number,
	) {
		this.reader = new CsvReader(this, delimiter, LONGEST_CELL);
	}

	get counts(): StockCounts {
		return this.tally;
	}

	/** @throws {Failure} for a file without the columns that are needed, and for cells that are not what their column says */
	read(chunk: Buffer): void {
		this.reader.read(chunk);
	}

	/** @throws {Failure} also for a file without any row */
	end(): void {
		this.reader.end();
		if (this.roles === undefined)
			throw new Failure({ message: 'The file is empty', description: 'An export has a header at least.' });
	}

	cell(bytes: Buffer, start: number, end: number, plain: boolean): void {
		const role = this.roles === undefined ? 'header' : this.roles[this.column];
		this.column++;
		const { row } = this;
		row.isEmpty &&= start === end;
		if (role === undefined) return;
		switch (role) {
			case 'header':
				this.names.push(bytes.toString('utf8', start, end));
				return;
			case 'code':
				row.hasCode = end > start;
				row.isOnList = this.list?.has(bytes, start, end, plain) ?? true;
				return;
			case 'holder':
				row.hasHolder ||= end > start;
				return;
			case 'count':
				row.count = this.wholeNumber('Redemption Count', bytes, start, end) ?? 0;
				return;
			case 'quantity':
				row.quantity = this.wholeNumber('Redemption Quantity', bytes, start, end) ?? Infinity;
				return;
			case 'active':
				row.isActive = this.truth(bytes, start, end);
				return;
			case 'expiry':
				row.expires =
					this.dates.read(bytes, start, end) ?? this.refuse('Expiration Date', 'date', bytes, start, end);
		}
	}

	endRow(): number {
		if (this.roles === undefined) this.roles = rolesOf(this.names);
		else if (this.column > 1 || !this.row.isEmpty) this.count();
		this.column = 0;
		this.row = emptyRow();
		return EVERY_COLUMN;
	}

	private count(): void {
		const { row, tally } = this;
		const problem = widthProblem(this.column, this.names.length);
		if (problem !== undefined) throw this.failure(problem);
		if (!row.hasCode) throw this.failure('it has no code');
		if (!row.isOnList) {
			tally.notOnList++;
			return;
		}
		const isExpired = row.expires <= this.now;
		tally.found++;
		if (row.hasHolder) tally.published++;
		if (row.count > 0) tally.redeemed++;
		if (row.count >= row.quantity) tally.redeemedInFull++;
		if (!row.isActive) tally.inactive++;
		if (isExpired) tally.expired++;
		if (row.hasHolder || row.count > 0 || !row.isActive || isExpired) return;
		tally.usable++;
		if (row.expires < (this.listEnds ?? -Infinity)) tally.expiringBeforeList++;
	}

	private wholeNumber(name: string, bytes: Buffer, start: number, end: number): number | undefined {
		if (start === end) return undefined;
		const text = bytes.toString('latin1', start, end);
		return /^\d{1,15}$/.test(text) ? Number(text) : this.refuse(name, 'whole number', bytes, start, end);
	}

	private truth(bytes: Buffer, start: number, end: number): boolean {
		const text = bytes.toString('latin1', start, end).toLowerCase();
		if (text === 'true' || text === '') return true;
		return text === 'false' ? false : this.refuse('Active', 'true or false', bytes, start, end);
	}

	private refuse(name: string, kind: string, bytes: Buffer, start: number, end: number): never {
		throw this.failure(`"${name}" is ${shown(bytes.toString('utf8', start, end))}, which is no ${kind}`);
	}

	private failure(problem: string): Failure {
		return new Failure({
			message: `Row ${this.reader.rows + 1} of the file can't be read: ${problem}`,
			description: 'Connect the file as Voucherify exports it.',
		});
	}
}

/** What is known of a row so far. */
interface Row {
	isEmpty: boolean;
	hasCode: boolean;
	isOnList: boolean;
	hasHolder: boolean;
	count: number;
	quantity: number;
	isActive: boolean;
	/** In ms since the epoch. */
	expires: number;
}

function emptyRow(): Row {
	return {
		isEmpty: true,
		hasCode: false,
		isOnList: false,
		hasHolder: false,
		count: 0,
		quantity: Infinity,
		isActive: true,
		expires: Infinity,
	};
}

/** @throws {Failure} when a column is missing: without it, codes would count as left that are not */
function rolesOf(names: readonly string[]): ReadonlyArray<Role | undefined> {
	const roles = names.map((name): Role | undefined => {
		const label = plainLabel(name);
		return isCodeLabel(name) ? 'code' : Object.hasOwn(LABELS, label) ? LABELS[label] : undefined;
	});
	const missing = NEEDED.filter(([role]) => !roles.includes(role)).map(([, name]) => `"${name}"`);
	if (missing.length === 0) return roles;
	throw new Failure({
		message: `The file has no column ${missing.join(', ')}`,
		description: `Export the vouchers with the fields ${NEEDED.map(([, name]) => name).join(', ')}. The first row of this file reads: ${names.slice(0, 40).map(shown).join(', ')}.`,
	});
}

/** Reads dates, most of which are the same as the one before. */
class Dates {
	private text = Buffer.alloc(0);
	private moment: number | undefined = Infinity;

	/** In ms since the epoch; `Infinity` for no date, `undefined` for what is none. */
	read(bytes: Buffer, start: number, end: number): number | undefined {
		if (this.text.length === end - start && bytes.compare(this.text, 0, this.text.length, start, end) === 0)
			return this.moment;
		this.text = Buffer.from(bytes.subarray(start, end));
		this.moment = momentOf(this.text.toString('latin1').trim());
		return this.moment;
	}
}

/** Dates of exports are in UTC, whether they say so or not. */
function momentOf(text: string): number | undefined {
	if (text === '') return Infinity;
	if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
	const saysZone = !/[T ]/.test(text) || /(Z|[+-]\d\d:?\d\d)$/.test(text);
	const moment = Date.parse(saysZone ? text : `${text}Z`);
	return Number.isNaN(moment) ? undefined : moment;
}
