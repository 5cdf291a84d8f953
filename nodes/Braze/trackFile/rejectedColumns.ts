/** What a file of rejected rows tells of each, in front of the row itself. */
export const REJECTED_COLUMNS: readonly string[] = ['rejected_row', 'rejected_reason', 'rejected_code'];

/**
 * Which cells of a row go into the file of rejected rows: all, but for the reasons of an earlier run when the file is one of rejected
 * rows that were corrected.
 */
export function keptCells(header: readonly string[]): (cells: readonly string[]) => readonly string[] {
	const earlier = new Set(
		REJECTED_COLUMNS.map((name) => header.indexOf(name)).filter((column) => column >= 0),
	);
	if (earlier.size === 0) return (cells) => cells;
	return (cells) => cells.filter((_cell, column) => !earlier.has(column));
}
