import { InvalidInput } from './failure';

/**
 * Tag for URL paths whose values are encoded: path`/v1/customers/${id}`.
 * @throws {InvalidInput} for a value that no encoding keeps within its segment: empty, "." and ".." (URLs treat even %2e as a dot)
 */
export function path(parts: TemplateStringsArray, ...values: ReadonlyArray<string | number>): string {
	return parts.reduce((left, part, index) => `${left}${segment(values[index - 1] ?? '')}${part}`);
}

function segment(value: string | number): string {
	const text = String(value);
	if (text === '' || text === '.' || text === '..') {
		throw new InvalidInput(
			'ID',
			`can't be ${text === '' ? 'empty' : `"${text}"`}`,
			'Enter the ID or the code of an object.',
		);
	}
	return encodeURIComponent(text);
}
