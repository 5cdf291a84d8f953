import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../common/parameters';
import { withoutEmpty } from './optionValues';

/** The longest code that the form allows. */
const LONGEST_CODE = 100;

/** The form field of how generated codes look. */
export const codeConfigField: INodeProperties = {
	displayName: 'Code Format',
	name: 'codeFormat',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'How generated codes look; eight random letters and digits unless set',
	options: [
		{
			displayName: 'Characters',
			name: 'charset',
			type: 'string',
			default: '',
			placeholder: 'e.g. ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
			description: 'What the random part is made of',
		},
		{
			displayName: 'Length',
			name: 'length',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_CODE },
			default: 8,
			description: 'Length of the random part',
		},
		{
			displayName: 'Pattern',
			name: 'pattern',
			type: 'string',
			default: '',
			placeholder: 'e.g. SUMMER-####-####',
			description: 'The whole code, with # for each random character',
		},
		{ displayName: 'Postfix', name: 'postfix', type: 'string', default: '', placeholder: 'e.g. -2026' },
		{ displayName: 'Prefix', name: 'prefix', type: 'string', default: '', placeholder: 'e.g. SUMMER-' },
	],
};

/** Reads the format of codes as `code_config`; empty for Voucherify's own. */
export function readCodeConfig(item: ItemParameters): IDataObject {
	const text = (name: string): string => item.optionText('codeFormat', name);
	return withoutEmpty({
		length: item.optionCount('codeFormat', 'length', 1, LONGEST_CODE),
		charset: text('charset'),
		prefix: text('prefix'),
		postfix: text('postfix'),
		pattern: text('pattern'),
	});
}
