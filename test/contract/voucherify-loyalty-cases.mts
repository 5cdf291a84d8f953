import { publicationOf } from '../sandbox/voucherify-call.mts';
import type { Case } from './voucherify-cases.mts';

const CLUB = 'Loyalty Club';
const NOBODY = { ids: ['nobody'], status: 404 } as const;
const OF_NOBODY = { ids: [CLUB, 'nobody'], status: 404 } as const;
const MEMBERS = '/v1/loyalties/{campaignId}/members';
const OF_PROGRAM = '/v1/loyalties/{campaignId}/members/{memberId}';
const MEMBER = '/v1/loyalties/members/{memberId}';
const EVENT = { method: 'POST', path: '/v1/events' } as const;
const REWARDS = '/v1/rewards';
const REWARD = '/v1/rewards/{rewardId}';
const ASSIGNMENTS = '/v1/rewards/{rewardId}/assignments';
const CARD = '{member.code}';
const HOLDERS = '/v1/referrals/members/{memberId}/holders';
const HOLDERS_OF_PROGRAM = '/v1/referrals/{campaignId}/members/{memberId}/holders';
const CODE = '{friend.voucher.code}';

/** Loyalty programs with their members and rewards, custom events, and holders of referral codes. */
export const LOYALTY_CASES: readonly Case[] = [
	{
		method: 'POST',
		path: MEMBERS,
		ids: [CLUB],
		body: { customer: { source_id: 'member' }, channel: 'Till', metadata: { shop: 1 } },
		status: 200,
		keep: 'member',
	},
	{ method: 'POST', path: MEMBERS, ids: [CLUB], body: { customer: 'customer-000001' }, status: 200 },
	{ method: 'POST', path: MEMBERS, ids: ['10 Euro Off'], body: { customer: 'member' }, status: 404 },
	{ method: 'GET', path: MEMBERS, ids: [CLUB], status: 200 },
	{
		method: 'GET',
		path: MEMBERS,
		ids: [CLUB],
		query: 'limit=100&page=1&order=-code&customer=member&updated_at[after]=2020-01-01',
		status: 200,
	},
	{ method: 'GET', path: MEMBERS, ...NOBODY },
	{ method: 'GET', path: MEMBER, ids: [CARD], status: 200 },
	{ method: 'GET', path: MEMBER, ...NOBODY },
	{ method: 'GET', path: OF_PROGRAM, ids: [CLUB, CARD], status: 200 },
	{ method: 'GET', path: OF_PROGRAM, ...OF_NOBODY },
	{
		method: 'POST',
		path: `${OF_PROGRAM}/balance`,
		ids: [CLUB, CARD],
		body: { points: 500, reason: 'Sorry', source_id: 'case-1', expiration_type: 'PROGRAM_RULES' },
		status: 200,
	},
	{ method: 'POST', path: `${OF_PROGRAM}/balance`, body: { points: 1 }, ...OF_NOBODY },
	{ method: 'POST', path: `${MEMBER}/balance`, ids: [CARD], body: { points: -100 }, status: 200 },
	{ method: 'POST', path: `${MEMBER}/balance`, ids: [CARD], body: { points: -5_000 }, status: 400 },
	{
		...EVENT,
		body: { event: 'review_written', customer: { source_id: 'member' }, metadata: { stars: 5 } },
		status: 200,
	},
	{
		...EVENT,
		body: { event: 'review_written', customer: { source_id: 'member' }, loyalty: { code: CARD } },
		status: 200,
	},
	{
		...EVENT,
		body: { event: 'seen', customer: { source_id: 'member' }, loyalty: { code: 'nothing' } },
		status: 404,
	},
	{
		method: 'GET',
		path: `${MEMBER}/rewards`,
		ids: [CARD],
		query: 'affordable_only=true',
		status: 200,
		keep: 'offer',
	},
	{ method: 'GET', path: `${MEMBER}/rewards`, ...NOBODY },
	{
		method: 'GET',
		path: '/v1/loyalties/{campaignId}/rewards',
		ids: [CLUB],
		query: 'limit=2&page=1',
		status: 200,
	},
	{ method: 'GET', path: '/v1/loyalties/{campaignId}/rewards', ...NOBODY },
	...(['0', '1'] as const).map((number): Case => ({
		method: 'POST',
		path: `${MEMBER}/redemption`,
		ids: [CARD],
		body: { reward: { id: `{offer.data.${number}.reward.id}` }, metadata: { till: 1 } },
		status: 200,
	})),
	{
		method: 'POST',
		path: `${OF_PROGRAM}/redemption`,
		ids: [CLUB, CARD],
		body: { reward: { id: '{offer.data.2.reward.id}', points: 100 }, order: { amount: 5_000 } },
		status: 200,
	},
	{
		method: 'POST',
		path: `${OF_PROGRAM}/redemption`,
		ids: [CLUB, CARD],
		body: { reward: { id: 'nothing' } },
		status: 404,
	},
	{
		method: 'POST',
		path: '/v1/redemptions',
		body: {
			redeemables: [
				{ object: 'voucher', id: CARD, reward: { id: '{offer.data.2.reward.id}', points: 9_000 } },
			],
			order: { amount: 5_000 },
		},
		status: 400,
	},
	{
		method: 'POST',
		path: REWARDS,
		body: {
			name: 'Mug',
			parameters: { product: { id: 'prod_mug' } },
			stock: 3,
			attributes: { description: 'A' },
		},
		status: 200,
		keep: 'mug',
	},
	{
		method: 'POST',
		path: REWARDS,
		body: {
			name: 'Coins',
			parameters: { coin: { exchange_ratio: '2', points_ratio: 5 } },
			metadata: { a: 1 },
		},
		status: 200,
		keep: 'coins',
	},
	{
		method: 'POST',
		path: REWARDS,
		body: { name: 'Code', parameters: { campaign: { id: 'nothing', type: 'DISCOUNT_COUPONS' } } },
		status: 404,
	},
	{ method: 'GET', path: REWARDS, query: 'limit=3&page=1', status: 200 },
	{ method: 'GET', path: REWARD, ids: ['{mug.id}'], status: 200 },
	{ method: 'GET', path: REWARD, ...NOBODY },
	{ method: 'PUT', path: REWARD, ids: ['{mug.id}'], body: { name: 'Large mug', stock: 5 }, status: 200 },
	{
		method: 'PUT',
		path: REWARD,
		ids: ['{mug.id}'],
		body: { parameters: { coin: { exchange_ratio: 1 } } },
		status: 400,
	},
	{
		method: 'POST',
		path: ASSIGNMENTS,
		ids: ['{mug.id}'],
		body: { campaign: CLUB, parameters: { loyalty: { points: 10 } } },
		status: 200,
	},
	{
		method: 'POST',
		path: ASSIGNMENTS,
		ids: ['{mug.id}'],
		body: { campaign: CLUB, parameters: { loyalty: { points: 10 } } },
		status: 409,
	},
	{ method: 'GET', path: ASSIGNMENTS, ids: ['{mug.id}'], query: 'limit=1', status: 200 },
	{ method: 'GET', path: ASSIGNMENTS, ...NOBODY },
	{ method: 'DELETE', path: REWARD, ids: ['{mug.id}'], status: 400 },
	{ method: 'DELETE', path: REWARD, ids: ['{coins.id}'], status: 204 },
	{ method: 'DELETE', path: REWARD, ...NOBODY },
	{
		method: 'POST',
		path: '/v1/publications',
		body: publicationOf('referrer', 'Refer a Friend'),
		status: 200,
		keep: 'friend',
	},
	{
		method: 'POST',
		path: HOLDERS,
		ids: [CODE],
		body: { holders: [{ source_id: 'referee' }], metadata: { way: 'mail' } },
		status: 200,
		keep: 'referees',
	},
	{ method: 'POST', path: HOLDERS, ids: [CODE], body: { holders: [{ source_id: 'referee' }] }, status: 409 },
	{ method: 'POST', path: HOLDERS, body: { holders: [{ source_id: 'x' }] }, ...NOBODY },
	{
		method: 'POST',
		path: HOLDERS_OF_PROGRAM,
		ids: ['Refer a Friend', CODE],
		body: { holders: [{ source_id: 'another' }] },
		status: 200,
		keep: 'others',
	},
	{ method: 'GET', path: HOLDERS, ids: [CODE], query: 'limit=1&order=id', status: 200, keep: 'holders' },
	{
		method: 'GET',
		path: HOLDERS,
		ids: [CODE],
		query: 'order=id&starting_after_id={holders.more_starting_after}',
		status: 200,
	},
	{
		method: 'GET',
		path: HOLDERS_OF_PROGRAM,
		ids: ['Refer a Friend', CODE],
		query: 'filters[holder_role][conditions][$is][0]=REFEREE',
		status: 200,
	},
	{ method: 'GET', path: HOLDERS_OF_PROGRAM, ids: [CLUB, CODE], status: 404 },
	{ method: 'DELETE', path: `${HOLDERS}/{holderId}`, ids: [CODE, '{referees.holders.0.id}'], status: 204 },
	{ method: 'DELETE', path: `${HOLDERS}/{holderId}`, ids: [CODE, 'nobody'], status: 404 },
	{
		method: 'DELETE',
		path: `${HOLDERS_OF_PROGRAM}/{holderId}`,
		ids: ['Refer a Friend', CODE, '{others.holders.0.id}'],
		status: 204,
	},
];
