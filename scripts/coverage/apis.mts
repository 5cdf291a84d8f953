import type { Api } from './api-coverage.mts';

const BY_CODE = 'the form without the campaign, which the node uses, needs only the code';
const EXPORTED = 'Export → Create with voucher transactions makes the same file';
const TOKEN_CARE =
	'for looking after tokens by hand; the tokens of the credential end by themselves after 15 minutes';

/** The APIs that the nodes speak to. Whatever is left out can still be sent by API Call. */
export const APIS: readonly Api[] = [
	{
		name: 'Voucherify',
		contract: 'voucherify-contract.json',
		folders: ['nodes/Voucherify', 'nodes/VoucherifyTrigger', 'credentials'],
		leftOut: {
			'GET /v1/publications/create':
				'for integration keys of other platforms; POST /v1/publications does the same',
			'GET /v1/customers/{customerId}/activities': 'the older form of /activity, which the node uses',
			'POST /v1/campaigns/{campaignId}/transactions/export': EXPORTED,
			'POST /v1/vouchers/{code}/transactions/export': EXPORTED,
			'GET /v1/loyalties/{campaignId}/members/{memberId}': BY_CODE,
			'POST /v1/loyalties/{campaignId}/members/{memberId}/balance': BY_CODE,
			'POST /v1/loyalties/{campaignId}/members/{memberId}/redemption': BY_CODE,
			'GET /v1/vouchers/{code}/redemption':
				'Voucher → Get shows how often a code was redeemed, Redemption → Get Many each time',
			'POST /v1/referrals/{campaignId}/members/{memberId}/holders': BY_CODE,
			'GET /v1/referrals/{campaignId}/members/{memberId}/holders': BY_CODE,
			'DELETE /v1/referrals/{campaignId}/members/{memberId}/holders/{holderId}': BY_CODE,
			'POST /v1/oauth/introspect': TOKEN_CARE,
			'POST /v1/oauth/token/revoke': TOKEN_CARE,
			'GET /management/v1/projects/{projectId}/webhooks/{webhookId}':
				'the trigger finds its webhook in the list, by its address',
		},
	},
	{
		name: 'Braze',
		contract: 'braze-contract.json',
		folders: ['nodes/Braze', 'credentials'],
		leftOut: {
			'POST /users/track/sync':
				'in beta, and for one object a request; /users/track, which the node uses, takes 75',
			'POST /subscription/status/set':
				'the older form for one group; the node uses /v2, which takes several groups in one request',
			'DELETE /catalogs/{catalog_name}/items/{item_id}':
				'for one item a request; the form that the node uses takes 50',
		},
	},
];
