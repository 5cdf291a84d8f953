import { inBatches } from '../../../common/operation';
import { sameForAll } from '../../sameForAll';
import { recipientFields, recipientOptions } from '../../sending/recipient';
import { propertiesField, triggerSend as send } from '../../sending/triggerSend';
import { CAMPAIGN_REMEDY, campaignField } from './campaignField';

export const triggerSend = inBatches({
	name: 'triggerSend',
	displayName: 'Trigger Send',
	action: 'Trigger a campaign',
	description: 'Send an API-triggered campaign to the user of each item, with properties of its own',
	fields: [
		campaignField,
		...recipientFields,
		{
			...propertiesField,
			description:
				'What the message is made of, as a JSON object; in the message it is {{ api_trigger_properties.${name} }}',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				...recipientOptions,
				{
					displayName: 'Send ID',
					name: 'sendId',
					type: 'string',
					default: '',
					placeholder: 'e.g. summer-wave-2',
					description: 'A send identifier of Braze, to follow the results of this send by',
				},
			],
		},
	],
	open: (fixed) => {
		const campaign = sameForAll(fixed, 'campaign', (item) => item.located('campaign', CAMPAIGN_REMEDY));
		const sendId = sameForAll(fixed, 'sendId', (item) => item.optionText('options', 'sendId'));
		return send(fixed, {
			path: '/campaigns/trigger/send',
			properties: 'trigger_properties',
			envelope: {
				campaign_id: campaign.value,
				...(sendId.value === '' ? {} : { send_id: sendId.value }),
			},
			check: (item) => {
				campaign.check(item);
				sendId.check(item);
			},
		});
	},
});
