import { inBatches } from '../../../common/operation';
import { recipientFields, recipientOptions } from '../../sending/recipient';
import { sendIdOf, sendIdOption } from '../../sending/sendIdOption';
import { everyoneNotice, sendToField } from '../../sending/sendTo';
import { propertiesField, triggerSend as send } from '../../sending/triggerSend';
import { CAMPAIGN_REMEDY, campaignField } from './campaignField';

export const triggerSend = inBatches({
	name: 'triggerSend',
	displayName: 'Trigger Send',
	action: 'Trigger a campaign',
	description:
		'Send an API-triggered campaign to the user of each item, with properties of its own, or once to everyone in its audience',
	fields: [
		campaignField,
		sendToField({ description: 'Whomever the campaign targets in Braze, once for all items' }),
		everyoneNotice('everyone whom the campaign targets in Braze'),
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
			options: [...recipientOptions, sendIdOption],
		},
	],
	open: (fixed) =>
		send(fixed, {
			path: '/campaigns/trigger/send',
			properties: 'trigger_properties',
			envelope: (item) => ({ campaign_id: item.located('campaign', CAMPAIGN_REMEDY), ...sendIdOf(item) }),
		}),
});
