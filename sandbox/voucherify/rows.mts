import type { AsyncOutcome, FailedRow } from './async-actions.mts';
import { VoucherifyError } from './errors.mts';

/** Does something with each row; those that are refused end up among the failed ones, with what names them. */
export function doRows<Row>(
	rows: readonly Row[],
	what: (row: Row, index: number) => void,
	nameOf: (row: Row, index: number) => Pick<FailedRow, 'sourceId' | 'code' | 'row'>,
): AsyncOutcome {
	const failed: FailedRow[] = [];
	for (const [index, row] of rows.entries()) {
		try {
			what(row, index);
		} catch (error) {
			if (!(error instanceof VoucherifyError)) throw error;
			const { key, message, details } = error;
			failed.push({ key, message, details, ...nameOf(row, index) });
		}
	}
	return { done: rows.length - failed.length, failed };
}
