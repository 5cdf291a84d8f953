import type { ColumnSink } from '../../common/csvColumn';
import { Failure, shown } from '../../common/failure';
import type { Reason } from './report';

/** What the first row of a file is: a header, a code like all the others, or whichever of the two it looks like. */
export const FIRST_ROWS = ['auto', 'header', 'code'] as const;
export type FirstRow = (typeof FIRST_ROWS)[number];

/** How the column of a code is called, in small letters and digits alone: "Code", "Voucher Code", "voucher_code" … */
const CODE_LABELS = new Set([
	'code',
	'codes',
	'couponcode',
	'giftcardcode',
	'loyaltycardcode',
	'promocode',
	'promotioncode',
	'referralcode',
	'vouchercode',
]);

/** What takes in the codes of a column. */
export interface CodeSink {
	/**
	 * Takes in the code that lies in part of a buffer.
	 * @param plain nothing but printable ASCII without quotes and commas
	 */
	add(bytes: Buffer, start: number, end: number, plain: boolean): void;
	addText(text: string): void;
	/** Is told of what is no code. */
	drop(reason: Reason, code: () => string): void;
}

/** Finds the column of the codes by the first row of a file, and hands on what is in it. */
export class CodeColumn implements ColumnSink {
	/**
	 * @param column the column's name in the header, its position from 1 on, or empty for the one that is called "Code" or is alone
	 */
	constructor(
		private readonly list: CodeSink,
		private readonly column: string,
		private readonly firstRowIs: FirstRow,
	) {}

	/** @throws {Failure} when the column can't be told: codes can't be taken back from Braze, so nothing is guessed */
	firstRow(cells: readonly string[]): number {
		const { column, isHeader } = this.choose(cells.map((cell) => cell.trim()));
		const cell = cells[column] ?? '';
		if (isHeader) this.list.drop('header', () => cell);
		else this.list.addText(cell);
		return column;
	}

	cell(bytes: Buffer, start: number, end: number, plain: boolean): void {
		this.list.add(bytes, start, end, plain);
	}

	private choose(names: readonly string[]): { readonly column: number; readonly isHeader: boolean } {
		const isHeader = this.firstRowIs === 'header';
		if (this.column !== '') {
			const named = this.firstRowIs === 'code' ? -1 : indexOfName(names, this.column);
			if (named >= 0) return { column: named, isHeader: true };
			const position = positionOf(this.column);
			if (position !== undefined && position < names.length)
				return { column: position, isHeader: isHeader || this.looksLikeHeader(names, position) };
			throw new Failure({
				message: `The file has no column ${shown(this.column)}`,
				description: `Its first row reads: ${names.slice(0, 40).map(shown).join(', ')}.`,
			});
		}
		const labelled = this.firstRowIs === 'code' ? -1 : names.findIndex(isCodeLabel);
		if (labelled >= 0) return { column: labelled, isHeader: true };
		if (names.length === 1) return { column: 0, isHeader };
		throw new Failure({
			message: `The file has ${names.length} columns, and none of them is called "Code"`,
			description: `Say in "Column" which one holds the codes, by its name or its position. The first row reads: ${names.slice(0, 40).map(shown).join(', ')}.`,
		});
	}

	private looksLikeHeader(names: readonly string[], position: number): boolean {
		return this.firstRowIs === 'auto' && isCodeLabel(names[position] ?? '');
	}
}

function indexOfName(names: readonly string[], name: string): number {
	const exactly = names.indexOf(name);
	return exactly >= 0 ? exactly : names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
}

function positionOf(column: string): number | undefined {
	return /^[1-9]\d{0,3}$/.test(column) ? Number(column) - 1 : undefined;
}

/** Whether a column with this name holds codes. */
export function isCodeLabel(name: string): boolean {
	return CODE_LABELS.has(plainLabel(name));
}

/** The name of a column in small letters and digits alone: `Voucher Code` and `voucher_code` are the same. */
export function plainLabel(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
