import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** Where the file goes. */
export const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
};

export function readOutputField(item: ItemParameters): string {
	return item.requiredText(
		'outputField',
		'Enter the name of the field that the file goes to, for example data.',
	);
}

/** A name that every file system takes. */
export function fileName(name: string): string {
	return name.replace(/[\p{Cc}\\/:*?"<>|]+/gu, '-').slice(0, 200);
}
