import type { INodeProperties } from 'n8n-workflow';
import { shown } from './failure';
import type { ItemParameters } from './parameters';

const DELIMITERS = [',', ';', '\t'] as const;

/** The option that says what separates the columns of a CSV file. */
export const delimiterOption: INodeProperties = {
	displayName: 'Delimiter',
	name: 'delimiter',
	type: 'options',
	options: [
		{ name: 'Comma', value: ',' },
		{ name: 'Semicolon', value: ';' },
		{ name: 'Tab', value: '\t' },
	],
	default: ',',
	description: 'What separates the columns of the file that is read',
};

/** What separates the columns, as a character of one byte. */
export function readDelimiter(item: ItemParameters): string {
	const chosen = item.option('options', 'delimiter') ?? ',';
	const delimiter = DELIMITERS.find((known) => known === chosen);
	if (delimiter !== undefined) return delimiter;
	throw item.invalid('delimiter', `is ${shown(chosen)}`, 'Choose one of the list.');
}
