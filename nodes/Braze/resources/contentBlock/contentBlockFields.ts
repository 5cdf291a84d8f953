import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** Braze's limit for the content of a block, in bytes. */
const LARGEST_CONTENT = 50 * 1024;

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What the Content Block is for, in less than 250 characters',
};

const state: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	options: [
		{ name: 'Active', value: 'active' },
		{ name: 'Draft', value: 'draft', description: 'An active Content Block can never become a draft again' },
	],
	default: 'active',
};

const tags: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. promotions, summer',
	description: 'Names of tags that Braze has already, separated by commas',
};

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. summer_code',
	description:
		'Letters, digits, hyphens and underscores, less than 100; it is in the Liquid tag of the block',
};

export const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 5 },
	default: '',
	placeholder: "e.g. Your code: {% promotion('spring25') %}",
	description: 'HTML or text with Liquid, at most 50 KB',
};

/** What else a Content Block has. */
export const moreFields: readonly INodeProperties[] = [description, state, tags];

/** What else the user gave. */
export function readMore(item: ItemParameters, collection: string): IDataObject {
	const about = item.optionText(collection, 'description');
	if (about.length > 249)
		throw item.invalid('description', `has ${about.length} characters`, 'Shorten it to less than 250.');
	const chosen = item.optionText(collection, 'state');
	return {
		...(about === '' ? {} : { description: about }),
		...(chosen === '' ? {} : { state: chosen }),
		...(item.optionText(collection, 'tags') === ''
			? {}
			: { tags: [...item.optionNames(collection, 'tags')] }),
	};
}

/** Checks what Braze would refuse. */
export function checkedName(item: ItemParameters, name: string): string {
	if (/^[\w-]{1,99}$/.test(name)) return name;
	throw item.invalid(
		'name',
		`is "${name.slice(0, 120)}"`,
		'Use only letters, digits, hyphens and underscores, less than 100 of them.',
	);
}

/** Checks what Braze would refuse. */
export function checkedContent(item: ItemParameters, content: string): string {
	const bytes = Buffer.byteLength(content);
	if (bytes <= LARGEST_CONTENT) return content;
	throw item.invalid(
		'content',
		`has ${bytes.toLocaleString('en-US')} bytes`,
		'Shorten it to 50 KB, or split it into several Content Blocks.',
	);
}
