/** A row of a CSV file as text, without a line end; a cell is quoted where it has to be. */
export function csvLine(cells: readonly string[], delimiter: string): string {
	// Joined rather than added up: a sum is kept as its parts, in three times the memory.
	if (!cells.some((cell) => needsQuotes(cell, delimiter))) return cells.join(delimiter);
	return cells.map((cell) => (needsQuotes(cell, delimiter) ? quoted(cell) : cell)).join(delimiter);
}

function quoted(cell: string): string {
	return `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`;
}

function needsQuotes(cell: string, delimiter: string): boolean {
	return cell.includes(delimiter) || cell.includes('"') || cell.includes('\n') || cell.includes('\r');
}
