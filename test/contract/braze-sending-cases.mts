import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import type { BrazeCase } from './braze-case.mts';

const campaign_id = WORKSPACE.campaigns[0]?.id;
const canvas_id = WORKSPACE.canvases[0]?.id;
const segment_id = WORKSPACE.segments[0]?.id;
const subscription_group_id = WORKSPACE.subscriptionGroups[0]?.id;
const recipient = { external_user_id: 'u' };
const many = Array(51).fill(recipient);
const group = { subscription_group_id, subscription_state: 'subscribed' };
const CAMPAIGN = { method: 'POST', path: '/campaigns/trigger/send' } as const;
const CANVAS = { method: 'POST', path: '/canvas/trigger/send' } as const;
const MESSAGE = { method: 'POST', path: '/messages/send' } as const;
const SET = { method: 'POST', path: '/subscription/status/set' } as const;
const SET_V2 = { method: 'POST', path: '/v2/subscription/status/set' } as const;
const DETAILS = { method: 'GET', path: '/campaigns/details' } as const;
const SEGMENT = { method: 'GET', path: '/segments/details' } as const;
const TRANSACTIONAL = {
	method: 'POST',
	path: '/transactional/v1/campaigns/{campaign_id}/send',
	url: `/transactional/v1/campaigns/${WORKSPACE.transactionalCampaigns[0]?.id}/send`,
} as const;
const messages = { email: { subject: 'Hello' } };

/** Requests about sending and subscriptions that the contract allows. */
export const SENDING_TAKEN: readonly BrazeCase[] = [
	{ ...DETAILS, url: `/campaigns/details?campaign_id=${campaign_id}`, name: 'a campaign', status: 200 },
	{ ...DETAILS, name: 'no campaign', status: 404 },
	{ ...SEGMENT, url: `/segments/details?segment_id=${segment_id}`, name: 'a segment', status: 200 },
	{ ...SEGMENT, name: 'no segment', status: 404 },
	{ ...CAMPAIGN, name: 'a recipient', body: { campaign_id, recipients: [recipient] }, status: 201 },
	{ ...CAMPAIGN, name: 'a broadcast', body: { campaign_id, broadcast: true }, status: 201 },
	{ ...CAMPAIGN, name: 'an unknown campaign', body: { campaign_id: 'x', broadcast: true }, status: 400 },
	{ ...CANVAS, name: 'a recipient', body: { canvas_id, recipients: [recipient] }, status: 201 },
	{ ...CANVAS, name: 'an unknown Canvas', body: { canvas_id: 'x', broadcast: true }, status: 400 },
	{ ...MESSAGE, name: 'a user', body: { external_user_ids: ['u'], messages }, status: 201 },
	{ ...MESSAGE, name: 'a segment', body: { segment_id, broadcast: true, messages }, status: 201 },
	{ ...TRANSACTIONAL, name: 'a recipient', body: { recipient, external_send_id: 'a' }, status: 201 },
	{ ...SET, name: 'a user', body: { ...group, external_id: 'u' }, status: 201 },
	{
		...SET_V2,
		name: 'a user',
		body: { subscription_groups: [{ ...group, external_ids: ['u'] }] },
		status: 201,
	},
	{
		method: 'GET',
		path: '/subscription/user/status',
		url: '/subscription/user/status?external_id=u',
		name: 'a user',
		status: 200,
	},
];

/** Requests that it does not allow. */
export const SENDING_REFUSED: readonly BrazeCase[] = [
	{ ...CAMPAIGN, name: '51 recipients', body: { campaign_id, recipients: many }, status: 400 },
	{ ...CAMPAIGN, name: 'neither recipients nor broadcast', body: { campaign_id }, status: 400 },
	{ ...CAMPAIGN, name: 'a recipient without a user', body: { campaign_id, recipients: [{}] }, status: 400 },
	{ ...CANVAS, name: '51 recipients', body: { canvas_id, recipients: many }, status: 400 },
	{ ...MESSAGE, name: '51 users', body: { external_user_ids: Array(51).fill('u'), messages }, status: 400 },
	{ ...TRANSACTIONAL, name: 'no recipient', body: {}, status: 400 },
	{
		...SET,
		name: 'an email and a phone number',
		body: { ...group, email: 'a@b.de', phone: '+49151' },
		status: 400,
	},
	{ ...SET, name: 'nobody', body: group, status: 400 },
	{ ...SET_V2, name: 'no groups', body: { subscription_groups: [] }, status: 400 },
];
