import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inBatches } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { broadcast } from '../../sending/broadcast';
import { dispatching } from '../../sending/dispatch';
import { messageFields, readMessages, variationOption } from '../../sending/messages';
import { NAMED, readNamedBy, recipientFieldsBy } from '../../sending/recipient';
import { sendIdOf, sendIdOption } from '../../sending/sendIdOption';
import {
	audienceOf,
	audienceOption,
	everyoneNotice,
	readSendTo,
	sendToField,
	shownForEveryone,
	shownForUsers,
} from '../../sending/sendTo';
import { readIdentifier } from '../../track/identifier';
import { SEGMENT_REMEDY, segmentField } from '../segment/segmentField';

const PATH = '/messages/send';
const STATES = ['all', 'opted_in', 'subscribed'] as const;

const audienceFields: readonly INodeProperties[] = [
	{
		displayName: 'Audience',
		name: 'everyone',
		type: 'options',
		options: [
			{
				name: 'Audience Filter Only',
				value: 'filter',
				description: 'All users who meet the conditions of the option "Audience Filter"',
			},
			{
				name: 'Segment',
				value: 'segment',
				description: 'All members of a segment; those who meet the conditions, if the option is added',
			},
		],
		default: 'segment',
	},
	{ ...segmentField, displayOptions: { show: { everyone: ['segment'] } } },
];

export const send = inBatches({
	name: 'send',
	displayName: 'Send',
	action: 'Send a message',
	description:
		'Send an email, a push, an SMS or another message that is written here, 50 users in one request where they get the same',
	fields: [
		sendToField({ description: 'All members of a segment, or all who meet conditions, once for all items' }),
		everyoneNotice('everyone in the segment, or everyone who meets the conditions'),
		...audienceFields.map(shownForEveryone),
		...recipientFieldsBy(NAMED).map(shownForUsers),
		...messageFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				audienceOption,
				{
					displayName: 'Campaign ID',
					name: 'campaignId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 5f0c6a52-6f0e-4a53-9a4d-2d1f6f0a7b11',
					description:
						'The API campaign that the message counts for; each message then names its variation too',
				},
				variationOption,
				{
					displayName: 'Only in Segment',
					name: 'onlyInSegment',
					type: 'string',
					default: '',
					placeholder: 'e.g. 3b8e6f9c-0d4a-4f27-89e5-7d9b4a3f1b77',
					description: 'The segment API identifier: users who are no members get nothing',
					displayOptions: { show: { '/sendTo': ['users'] } },
				},
				{
					displayName: 'Override Frequency Capping',
					name: 'overrideFrequencyCapping',
					type: 'boolean',
					default: false,
					description: "Whether to send although the campaign's frequency capping says no",
				},
				sendIdOption,
				{
					displayName: 'Subscription State',
					name: 'subscriptionState',
					type: 'options',
					options: [
						{
							name: 'All',
							value: 'all',
							description: 'Also who has unsubscribed: for what they must get, such as receipts',
						},
						{ name: 'Opted In', value: 'opted_in' },
						{ name: 'Subscribed or Opted In', value: 'subscribed' },
					],
					default: 'subscribed',
					description: 'Who may get the message',
				},
			],
		},
	],
	open: (fixed) => {
		if (readSendTo(fixed) === 'everyone')
			return broadcast(fixed, PATH, (item) => ({ ...readWhere(item), ...readEnvelope(item) }));
		const by = readNamedBy(fixed);
		const lane = by === 'alias' ? 'user_aliases' : 'external_user_ids';
		return dispatching(PATH, (item) => {
			const { external_id, user_alias } = readIdentifier(item, by);
			const text = JSON.stringify(external_id ?? user_alias);
			const segment = item.optionText('options', 'onlyInSegment');
			const only = segment === '' ? {} : { segment_id: segment };
			const envelope = JSON.stringify({ ...only, ...readEnvelope(item) });
			return [{ owner: item.index, lane, text, key: text, envelope }];
		});
	},
});

/** Which segment a broadcast goes to; without one, its audience filter decides alone. */
function readWhere(item: ItemParameters): IDataObject {
	if (item.choice('everyone', ['segment', 'filter']) === 'segment')
		return { segment_id: item.located('segment', SEGMENT_REMEDY) };
	if (Object.keys(audienceOf(item)).length > 0) return {};
	throw item.invalid(
		'everyone',
		'is "Audience Filter Only", and there is no filter',
		'Add the option "Audience Filter", or choose a segment.',
	);
}

/** What a request says beside whom it goes to. */
function readEnvelope(item: ItemParameters): IDataObject {
	const campaign = item.optionText('options', 'campaignId');
	const overrides = item.optionFlag('options', 'overrideFrequencyCapping');
	return {
		...audienceOf(item),
		...(campaign === '' ? {} : { campaign_id: campaign }),
		...sendIdOf(item),
		...(overrides === undefined ? {} : { override_frequency_capping: overrides }),
		...readState(item),
		messages: readMessages(item),
	};
}

function readState(item: ItemParameters): IDataObject {
	const chosen = item.optionText('options', 'subscriptionState');
	if (chosen === '') return {};
	const state = STATES.find((known) => known === chosen);
	if (state !== undefined) return { recipient_subscription_state: state };
	throw item.invalid('subscriptionState', `is "${chosen}"`, `Choose one of: ${STATES.join(', ')}.`);
}
