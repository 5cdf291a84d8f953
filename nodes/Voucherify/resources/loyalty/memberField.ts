import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The loyalty card of a member. */
export const memberField: INodeProperties = {
	displayName: 'Loyalty Card',
	name: 'member',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. LOYAL-8KZ2QW4P',
	description: 'Code or ID of the loyalty card that makes the customer a member',
};

export function readMember(item: ItemParameters): string {
	return item.requiredText(
		'member',
		'Enter the code of a loyalty card, for example from Get Many Members or a publication.',
	);
}
