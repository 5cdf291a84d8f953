import type { IDataObject } from 'n8n-workflow';
import { asRecord, isRecord } from '../common/record';

/** The type of a raw payload that could be of several. */
export const UNKNOWN = 'unknown';

/**
 * What shows the type of a payload without envelope, in the order of asking. Entering and leaving a segment, changes of loyalty tiers and
 * pending points, and changed orders look alike, so they stay unknown.
 */
const SIGNS: ReadonlyArray<readonly [type: string, shows: (data: IDataObject) => boolean]> = [
	['customer.custom_event', ({ event }) => asRecord(event)?.object === 'event'],
	[UNKNOWN, ({ segment, pending_points }) => isRecord(segment) || isRecord(pending_points)],
	['manual_distribution_schedule', ({ distribution }) => isRecord(distribution)],
	[
		'customer.reward_redemptions.completed',
		({ reward_redemption }) => asRecord(reward_redemption)?.state === 'COMPLETED',
	],
	[UNKNOWN, ({ reward_redemption }) => isRecord(reward_redemption)],
	[
		'customer.redemption.rollback.succeeded',
		({ redemption_rollback }) => asRecord(redemption_rollback)?.result === 'SUCCESS',
	],
	[UNKNOWN, ({ redemption_rollback }) => isRecord(redemption_rollback)],
	['customer.rewarded', (data) => isRecord(data.reward) && 'referral_tier' in data],
	[
		'customer.rewarded.loyalty_points',
		(data) => isRecord(data.earning_rule) && isRecord(data.balance) && !isRecord(data.transaction),
	],
	[
		'customer.voucher.gift.balance_added',
		({ transaction }) => asRecord(transaction)?.type === 'CREDITS_ADDITION',
	],
	[
		'customer.voucher.loyalty_card.points_added',
		({ transaction }) => asRecord(transaction)?.type === 'POINTS_ADDITION',
	],
	[
		'customer.voucher.loyalty_card.points_expired',
		({ transaction }) => asRecord(transaction)?.type === 'POINTS_EXPIRATION',
	],
	['customer.publication.succeeded', ({ publication }) => asRecord(publication)?.result === 'SUCCESS'],
	[
		'customer.redemption.succeeded',
		(data) => 'voucher' in data && asRecord(data.redemption)?.status === 'SUCCEEDED',
	],
	['customer.order.created', (data) => !('voucher' in data) && isNewOrder(asRecord(data.order))],
];

/**
 * The type of a distribution's raw payload, where its shape leaves no doubt.
 * @returns `unknown` otherwise
 */
export function inferredType(data: IDataObject): string {
	// Whatever a distribution sends is about a customer; anything else is a payload of the user's own making.
	if (!isRecord(data.customer)) return UNKNOWN;
	return SIGNS.find(([, shows]) => shows(data))?.[0] ?? UNKNOWN;
}

function isNewOrder(order: IDataObject | undefined): boolean {
	return order?.status === 'CREATED' && (order.updated_at === null || order.updated_at === undefined);
}
