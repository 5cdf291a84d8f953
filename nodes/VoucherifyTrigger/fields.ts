import type { INodeProperties } from 'n8n-workflow';
import { REMEMBERED } from '../common/repeatedDelivery';
import { ANY_EVENT, DISTRIBUTION_ONLY, EVENT_TYPES, eventOptions } from './eventTypes';
import { AUTOMATIC, MANUAL } from './webhookSetup';

const FROM_WEBHOOKS = EVENT_TYPES.map(({ type }) => type).filter((type) => !DISTRIBUTION_ONLY.includes(type));

/** The form of the trigger. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Webhook Setup',
		name: 'webhookSetup',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Manual',
				value: MANUAL,
				description: 'You add the webhook in Voucherify. Works with every plan, and for all events.',
			},
			{
				name: 'Automatic',
				value: AUTOMATIC,
				description:
					'The webhook is added when the workflow is activated, and removed when it is deactivated. Needs the Management API of the Enterprise plan.',
			},
		],
		default: MANUAL,
		description: 'Who adds the webhook in Voucherify',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [],
		required: true,
		description: 'What starts the workflow',
	},
	{
		displayName:
			'In Voucherify, open Project Settings → Webhooks, add a webhook with the Production URL above as its target, and choose the same events there. Copy the signing secret from that page into the credential.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { webhookSetup: [MANUAL], events: [ANY_EVENT, ...FROM_WEBHOOKS] } },
	},
	{
		displayName:
			'Events that are “sent by distributions only” need a distribution: in Voucherify, open Distributions, create one for the event, choose the webhook channel, and paste the Production URL above. Send the whole event, not the raw payload, so that its type is known.',
		name: 'distributionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { webhookSetup: [MANUAL], events: [ANY_EVENT, ...DISTRIBUTION_ONLY] } },
	},
	{
		displayName:
			'Voucherify cannot register the events that are “sent by distributions only”. Take them out of this trigger, and receive them with a second one whose Webhook Setup is Manual.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { webhookSetup: [AUTOMATIC], events: [...DISTRIBUTION_ONLY] } },
	},
	{
		displayName: 'Campaigns',
		name: 'campaigns',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Campaign' },
		default: [],
		placeholder: 'e.g. Summer 2026',
		description:
			'Names or IDs of campaigns. Events of other campaigns, and events that concern no campaign, then do not start the workflow. Leave empty to receive all.',
	},
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Drop Repeated Deliveries',
				name: 'dropRepeated',
				type: 'boolean',
				default: true,
				description: `Whether to ignore an event that Voucherify delivers again, for example because an answer got lost. The workflow remembers the IDs of its last ${REMEMBERED} deliveries. That can't catch everything: not copies that arrive at the same moment, not raw payloads (they have no ID), and not in test runs. So let the following steps be safe to repeat; publications with their default settings and Braze attributes are.`,
			},
		],
	},
];
