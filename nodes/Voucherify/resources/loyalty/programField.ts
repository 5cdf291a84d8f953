import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The choice of a loyalty program, which is a campaign. */
export const programField: INodeProperties = {
	displayName: 'Loyalty Program',
	name: 'program',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The loyalty campaign',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a loyalty program…',
			typeOptions: { searchListMethod: 'searchLoyaltyPrograms', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Loyalty Club' },
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. camp_FNYR4jhqZBM9xTptxDGgeNBV' },
	],
};

/** Reads the name or the ID of a loyalty program; Voucherify takes either. */
export function readProgram(item: ItemParameters): string {
	return item.located(
		'program',
		'Choose a loyalty program from the list, or enter the name or the ID of its campaign.',
	);
}
