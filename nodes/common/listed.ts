/** The entries of a list parameter: rows, or, from an expression, one text with commas. */
export function listed(value: unknown): readonly string[] {
	const entries: readonly unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	return entries.map((entry) => String(entry ?? '').trim()).filter((entry) => entry !== '');
}
