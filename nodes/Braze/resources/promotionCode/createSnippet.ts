import { perItem } from '../../../common/operation';
import { snippet } from '../../promotionCodes/snippet';

export const createSnippet = perItem({
	name: 'createSnippet',
	displayName: 'Create Snippet',
	action: 'Create a promotion code snippet',
	description: 'Make the Liquid text that puts a code of a promotion code list into a message',
	offline: true,
	fields: [
		{
			displayName: 'Promotion Code List',
			name: 'list',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. spring25',
			hint: 'The snippet name of the promotion code list in Braze',
			description: 'Upper and lower case matter, and Braze never lets the name be changed',
		},
	],
	read: (item) => {
		const list = item.text('list');
		return { snippet: snippet(list), list };
	},
	run: async (made) => [{ json: made }],
});
