import { InvalidInput } from './failure';
import { wholeCharacters } from './wholeCharacters';

/**
 * Tag for URL paths whose values are encoded: path`/v1/customers/${id}`.
 * @throws {InvalidInput} for a value that no encoding keeps within its segment: empty, "." and ".." (URLs treat even %2e as a dot)
 */
export function path(parts: TemplateStringsArray, ...values: ReadonlyArray<string | number>): string {
	return parts.reduce((left, part, index) => `${left}${segment(values[index - 1] ?? '')}${part}`);
}

/**
 * An address as a URL; `undefined` for what is none. Not `URL.canParse`: in Node.js 20 and 22 it takes addresses with letters like ü for
 * wrong once it has been called some thousand times.
 */
export function urlOf(address: string, base?: string | URL): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

/**
 * The part of a URL from the question mark on; empty when no value is defined.
 * @throws {InvalidInput} for text that can't be encoded
 */
export function queryString(
	query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
	const pairs = Object.entries(query).flatMap(([key, value]) =>
		value === undefined ? [] : [`${encoded(key, key)}=${encoded(String(value), key)}`],
	);
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
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
	return encoded(text, 'ID');
}

function encoded(text: string, field: string): string {
	return encodeURIComponent(wholeCharacters(text, field));
}
