import { inBatches } from '../../../common/operation';
import { recipientFields, recipientOptions } from '../../sending/recipient';
import { everyoneNotice, sendToField } from '../../sending/sendTo';
import { propertiesField, triggerSend as send } from '../../sending/triggerSend';
import { CANVAS_REMEDY, canvasField } from './canvasField';

export const triggerSend = inBatches({
	name: 'triggerSend',
	displayName: 'Trigger Send',
	action: 'Trigger a canvas',
	description:
		'Let the user of each item enter an API-triggered Canvas, with entry properties of its own, or once everyone in its audience',
	fields: [
		canvasField,
		sendToField({ description: 'Whomever the Canvas targets in Braze, once for all items' }),
		everyoneNotice('everyone whom the Canvas targets in Braze'),
		...recipientFields,
		{
			...propertiesField,
			description:
				'The entry properties, as a JSON object; in the messages they are {{ canvas_entry_properties.${name} }}',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...recipientOptions],
		},
	],
	open: (fixed) =>
		send(fixed, {
			path: '/canvas/trigger/send',
			properties: 'canvas_entry_properties',
			envelope: (item) => ({ canvas_id: item.located('canvas', CANVAS_REMEDY) }),
		}),
});
