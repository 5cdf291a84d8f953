import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** The form field that names the binary field of the input file. */
export const fileField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryField',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing the file to be read',
};

/**
 * The name of a binary field that the item has.
 * @param name the parameter, unless it is that of `fileField`
 * @throws {InvalidInput}
 */
export function readFileField(item: ItemParameters, name = fileField.name): string {
	const field = item.requiredText(name, 'Enter the name of the field that holds the file, for example data.');
	checkFileField(item, name, field);
	return field;
}

/**
 * Refuses the name of a binary field that the item does not have.
 * @param name the parameter that names it
 * @throws {InvalidInput}
 */
export function checkFileField(item: ItemParameters, name: string, field: string): void {
	if (item.binary?.[field] !== undefined) return;
	const others = Object.keys(item.binary ?? {});
	throw item.invalid(
		name,
		`is "${field}", and the item has no file there`,
		others.length === 0
			? 'The item carries no file at all. Connect a node that gives one.'
			: `It has files in: ${others.join(', ')}.`,
	);
}
