/** A row of a CSV file as text, with its line end; a cell is quoted where it has to be. */
export function csvLine(cells: readonly string[], delimiter: string): string {
	return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`;
}

function quoted(cell: string, delimiter: string): string {
	const needsQuotes = /["\r\n]/.test(cell) || cell.includes(delimiter);
	return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
