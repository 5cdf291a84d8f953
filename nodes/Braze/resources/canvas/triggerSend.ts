import { inBatches } from '../../../common/operation';
import { sameForAll } from '../../sameForAll';
import { recipientFields, recipientOptions } from '../../sending/recipient';
import { propertiesField, triggerSend as send } from '../../sending/triggerSend';
import { CANVAS_REMEDY, canvasField } from './canvasField';

export const triggerSend = inBatches({
	name: 'triggerSend',
	displayName: 'Trigger Send',
	action: 'Trigger a canvas',
	description: 'Let the user of each item enter an API-triggered Canvas, with entry properties of its own',
	fields: [
		canvasField,
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
	open: (fixed) => {
		const canvas = sameForAll(fixed, 'canvas', (item) => item.located('canvas', CANVAS_REMEDY));
		return send(fixed, {
			path: '/canvas/trigger/send',
			properties: 'canvas_entry_properties',
			envelope: { canvas_id: canvas.value },
			check: (item) => canvas.check(item),
		});
	},
});
