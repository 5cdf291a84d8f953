import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { NAMED, readNamedBy, recipientFieldsBy } from '../../sending/recipient';
import { propertiesField } from '../../sending/triggerSend';
import { readIdentifier } from '../../track/identifier';
import { duplicatesFields, readPrevention, sendIdOf, type Prevention } from './sendId';

interface Input {
	readonly campaign: string;
	readonly email: { readonly recipient: IDataObject; readonly trigger_properties?: IDataObject };
	readonly prevention: Prevention;
}

export const send = perItem<Input>({
	name: 'send',
	displayName: 'Send',
	action: 'Send a transactional email',
	description:
		'Send a transactional email campaign to one user, such as a receipt or a gift card. Needs the feature in your Braze package.',
	fields: [
		{
			displayName: 'Campaign ID',
			name: 'campaignId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. d4e2b8a1-63f7-4c1e-8d22-1a5c9f7b0e55',
			hint: 'The campaign API identifier at the end of the transactional email campaign in Braze',
		},
		...recipientFieldsBy(NAMED),
		{
			...propertiesField,
			description:
				'What the email is made of, as a JSON object; in the email it is {{ api_trigger_properties.${name} }}',
		},
		...duplicatesFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Attributes',
					name: 'attributes',
					type: 'json',
					default: '{}',
					placeholder: 'e.g. {"email": "name@email.com"}',
					description:
						"Attributes to put on the recipient's profile before the email is sent. With them, Braze makes a profile of an external ID that it does not know.",
				},
			],
		},
	],
	read: (item) => {
		const { external_id, user_alias } = readIdentifier(item, readNamedBy(item));
		const attributes = item.objectOption('options', 'attributes');
		const properties = item.object('properties');
		return {
			campaign: item.requiredText('campaignId', 'Enter the ID of a transactional email campaign.'),
			email: {
				recipient: {
					...(external_id === undefined ? { user_alias } : { external_user_id: external_id }),
					...(Object.keys(attributes).length === 0 ? {} : { attributes }),
				},
				...(Object.keys(properties).length === 0 ? {} : { trigger_properties: properties }),
			},
			prevention: readPrevention(item),
		};
	},
	run: async ({ campaign, email, prevention }, run) => {
		const sendId = sendIdOf(prevention, [campaign, email], run);
		const id = sendId === undefined ? {} : { external_send_id: sendId };
		const response = await run.client.send({
			method: 'POST',
			path: path`/transactional/v1/campaigns/${campaign}/send`,
			body: { ...id, ...email },
			// Of an ID that it knows, Braze sends nothing again for 24 hours.
			repeatable: sendId !== undefined,
			accept: ['send_queued'],
		});
		const answer = response.errorCode === undefined ? objectOf(response) : { status: 'queued' };
		return [{ json: { ...id, ...answer } }];
	},
});
