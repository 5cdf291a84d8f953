import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { findCampaign } from '../campaign/campaign';
import { campaignField } from '../campaign/campaignField';
import { EXPORTABLE, EXPORTED_OBJECTS, type ExportedObject } from './exportable';
import { fieldsField, filtersField, orderField, readFields, readOrder } from './exportFields';
import { createExport, shownExport, type ExportOrder } from './exportJob';

interface Input extends ExportOrder {
	/** Name or ID; empty for the vouchers of all campaigns. */
	readonly campaign: string;
}

export const create = perItem<Input>({
	name: 'create',
	displayName: 'Create',
	action: 'Create an export',
	description: 'Ask Voucherify for an export, and go on without waiting for it',
	fields: [
		{
			displayName: 'Exported Object',
			name: 'exportedObject',
			type: 'options',
			options: EXPORTED_OBJECTS.map((value) => ({ name: EXPORTABLE[value].name, value })),
			default: 'voucher',
		},
		{
			...campaignField,
			required: false,
			description: 'The campaign whose vouchers to export; those of all campaigns when empty',
			displayOptions: { show: { exportedObject: ['voucher'] } },
		},
		...EXPORTED_OBJECTS.flatMap((object) =>
			[fieldsField(object, object === 'voucher' ? ['code'] : []), orderField(object)].map((field) => ({
				...field,
				displayOptions: { show: { exportedObject: [object] } },
			})),
		),
		filtersField,
	],
	read,
	run: async (input, run) => {
		const campaign = input.campaign === '' ? undefined : await findCampaign(run, input.campaign);
		return [{ json: shownExport(await createExport(run, { ...input, campaignId: campaign?.id })) }];
	},
});

function read(item: ItemParameters): Input {
	const object: ExportedObject = item.choice('exportedObject', EXPORTED_OBJECTS);
	return {
		object,
		campaign: object === 'voucher' ? item.text('campaign') : '',
		fields: readFields(item, object),
		order: readOrder(item, item.text('order'), object),
		filters: item.object('filters'),
	};
}
