import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * What can send an event of a type: a project webhook, a distribution, both, or a type that Voucherify documents without saying.
 */
export type SentBy = 'webhook' | 'distribution' | 'both' | 'unstated';

export interface EventType {
	/** As marketers call it. */
	readonly name: string;
	/** As Voucherify calls it. */
	readonly type: string;
	readonly sentBy: SentBy;
}

/** Every type of event that Voucherify documents (webhook schemas v2024-01-01), by name. */
export const EVENT_TYPES: readonly EventType[] = [
	{
		name: 'Campaign: Code Generation Completed',
		type: 'campaign.vouchers.generation.completed',
		sentBy: 'webhook',
	},
	{
		name: 'Campaign: Code Generation Failed',
		type: 'campaign.vouchers.generation.failed',
		sentBy: 'webhook',
	},
	{
		name: 'Campaign: Code Generation Started',
		type: 'campaign.vouchers.generation.started',
		sentBy: 'webhook',
	},
	{ name: 'Campaign: Codes Added', type: 'campaign.vouchers.added', sentBy: 'webhook' },
	{ name: 'Campaign: Created', type: 'campaign.created', sentBy: 'webhook' },
	{ name: 'Campaign: Deleted', type: 'campaign.deleted', sentBy: 'webhook' },
	{ name: 'Campaign: Disabled', type: 'campaign.disabled', sentBy: 'webhook' },
	{ name: 'Campaign: Earning Rule Assigned', type: 'campaign.earning_rule.assigned', sentBy: 'webhook' },
	{ name: 'Campaign: Earning Rule Deleted', type: 'campaign.earning_rule.deleted', sentBy: 'webhook' },
	{ name: 'Campaign: Earning Rule Disabled', type: 'campaign.earning_rule.disabled', sentBy: 'webhook' },
	{ name: 'Campaign: Earning Rule Enabled', type: 'campaign.earning_rule.enabled', sentBy: 'webhook' },
	{ name: 'Campaign: Earning Rule Updated', type: 'campaign.earning_rule.updated', sentBy: 'webhook' },
	{ name: 'Campaign: Enabled', type: 'campaign.enabled', sentBy: 'webhook' },
	{ name: 'Campaign: Loyalty Tier Created', type: 'campaign.loyalty_tier.created', sentBy: 'webhook' },
	{ name: 'Campaign: Loyalty Tier Deleted', type: 'campaign.loyalty_tier.deleted', sentBy: 'webhook' },
	{ name: 'Campaign: Loyalty Tier Updated', type: 'campaign.loyalty_tier.updated', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Stack Created', type: 'campaign.promotion_stack.created', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Stack Updated', type: 'campaign.promotion_stack.updated', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Tier Created', type: 'campaign.promotion_tier.created', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Tier Deleted', type: 'campaign.promotion_tier.deleted', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Tier Disabled', type: 'campaign.promotion_tier.disabled', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Tier Enabled', type: 'campaign.promotion_tier.enabled', sentBy: 'webhook' },
	{ name: 'Campaign: Promotion Tier Updated', type: 'campaign.promotion_tier.updated', sentBy: 'webhook' },
	{ name: 'Campaign: Referral Tier Created', type: 'campaign.referral_tier.created', sentBy: 'webhook' },
	{ name: 'Campaign: Referral Tier Deleted', type: 'campaign.referral_tier.deleted', sentBy: 'webhook' },
	{ name: 'Campaign: Referral Tier Updated', type: 'campaign.referral_tier.updated', sentBy: 'webhook' },
	{
		name: 'Campaign: Reward Assignment Created',
		type: 'campaign.reward.assignment.created',
		sentBy: 'webhook',
	},
	{
		name: 'Campaign: Reward Assignment Deleted',
		type: 'campaign.reward.assignment.deleted',
		sentBy: 'webhook',
	},
	{
		name: 'Campaign: Reward Assignment Updated',
		type: 'campaign.reward.assignment.updated',
		sentBy: 'webhook',
	},
	{ name: 'Campaign: Updated', type: 'campaign.updated', sentBy: 'webhook' },
	{ name: 'Customer: Code Published', type: 'customer.publication.succeeded', sentBy: 'distribution' },
	{ name: 'Customer: Code Redeemed', type: 'customer.redemption.succeeded', sentBy: 'distribution' },
	{ name: 'Customer: Confirmed', type: 'customer.confirmed', sentBy: 'webhook' },
	{ name: 'Customer: Created', type: 'customer.created', sentBy: 'webhook' },
	{ name: 'Customer: Custom Event', type: 'customer.custom_event', sentBy: 'distribution' },
	{ name: 'Customer: Deleted', type: 'customer.deleted', sentBy: 'webhook' },
	{
		name: 'Customer: Gift Credits Added',
		type: 'customer.voucher.gift.balance_added',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Holder of Code Assigned',
		type: 'customer.holder.assignment.created',
		sentBy: 'unstated',
	},
	{
		name: 'Customer: Holder of Code Removed',
		type: 'customer.holder.assignment.deleted',
		sentBy: 'unstated',
	},
	{
		name: 'Customer: Loyalty Points Added',
		type: 'customer.voucher.loyalty_card.points_added',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Loyalty Points Expired',
		type: 'customer.voucher.loyalty_card.points_expired',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Loyalty Tier Downgraded',
		type: 'customer.loyalty.tier.downgraded',
		sentBy: 'distribution',
	},
	{ name: 'Customer: Loyalty Tier Joined', type: 'customer.loyalty.tier.joined', sentBy: 'distribution' },
	{ name: 'Customer: Loyalty Tier Left', type: 'customer.loyalty.tier.left', sentBy: 'distribution' },
	{
		name: 'Customer: Loyalty Tier Prolonged',
		type: 'customer.loyalty.tier.prolonged',
		sentBy: 'distribution',
	},
	{ name: 'Customer: Loyalty Tier Upgraded', type: 'customer.loyalty.tier.upgraded', sentBy: 'distribution' },
	{ name: 'Customer: Order Canceled', type: 'customer.order.canceled', sentBy: 'distribution' },
	{ name: 'Customer: Order Created', type: 'customer.order.created', sentBy: 'distribution' },
	{ name: 'Customer: Order Paid', type: 'customer.order.paid', sentBy: 'distribution' },
	{ name: 'Customer: Order Updated', type: 'customer.order.updated', sentBy: 'distribution' },
	{
		name: 'Customer: Pending Points Activated',
		type: 'customer.voucher.loyalty_card.pending_points.activated',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Pending Points Added',
		type: 'customer.voucher.loyalty_card.pending_points.added',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Pending Points Canceled',
		type: 'customer.voucher.loyalty_card.pending_points.canceled',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Pending Points Updated',
		type: 'customer.voucher.loyalty_card.pending_points.updated',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Redemption Rolled Back',
		type: 'customer.redemption.rollback.succeeded',
		sentBy: 'distribution',
	},
	{ name: 'Customer: Referred', type: 'customer.referred', sentBy: 'distribution' },
	{
		name: 'Customer: Reward Redeemed',
		type: 'customer.reward_redemptions.completed',
		sentBy: 'distribution',
	},
	{
		name: 'Customer: Reward Redemption Created',
		type: 'customer.reward_redemptions.created',
		sentBy: 'unstated',
	},
	{
		name: 'Customer: Reward Redemption Pending',
		type: 'customer.reward_redemptions.pending',
		sentBy: 'unstated',
	},
	{ name: 'Customer: Rewarded', type: 'customer.rewarded', sentBy: 'both' },
	{ name: 'Customer: Rewarded Loyalty Points', type: 'customer.rewarded.loyalty_points', sentBy: 'both' },
	{ name: 'Customer: Segment Entered', type: 'customer.segment.entered', sentBy: 'distribution' },
	{ name: 'Customer: Segment Left', type: 'customer.segment.left', sentBy: 'distribution' },
	{ name: 'Customer: Updated', type: 'customer.updated', sentBy: 'webhook' },
	{
		name: 'Loyalty Card: Pending Points Updated',
		type: 'loyalty_card.pending_points.updated',
		sentBy: 'distribution',
	},
	{ name: 'Manual Message: Sent', type: 'manual_distribution_schedule', sentBy: 'distribution' },
	{ name: 'Publication: Succeeded', type: 'publication.succeeded', sentBy: 'webhook' },
	{ name: 'Redemption: Failed', type: 'redemption.failed', sentBy: 'webhook' },
	{ name: 'Redemption: Rollback Failed', type: 'redemption.rollback.failed', sentBy: 'webhook' },
	{ name: 'Redemption: Rolled Back', type: 'redemption.rollback.succeeded', sentBy: 'webhook' },
	{ name: 'Redemption: Succeeded', type: 'redemption.succeeded', sentBy: 'webhook' },
	{
		name: 'Validation Rule: Assigned',
		type: 'business_validation_rule.assignment.created',
		sentBy: 'webhook',
	},
	{ name: 'Validation Rule: Created', type: 'business_validation_rule.created', sentBy: 'webhook' },
	{ name: 'Validation Rule: Deleted', type: 'business_validation_rule.deleted', sentBy: 'webhook' },
	{
		name: 'Validation Rule: Unassigned',
		type: 'business_validation_rule.assignment.deleted',
		sentBy: 'webhook',
	},
	{ name: 'Validation Rule: Updated', type: 'business_validation_rule.updated', sentBy: 'webhook' },
	{ name: 'Voucher: Created', type: 'voucher.created', sentBy: 'webhook' },
	{ name: 'Voucher: Deleted', type: 'voucher.deleted', sentBy: 'webhook' },
	{ name: 'Voucher: Disabled', type: 'voucher.disabled', sentBy: 'webhook' },
	{ name: 'Voucher: Enabled', type: 'voucher.enabled', sentBy: 'webhook' },
	{
		name: 'Voucher: Gift Card Transaction Created',
		type: 'voucher.gift.transaction.created',
		sentBy: 'webhook',
	},
	{ name: 'Voucher: Gift Credits Added', type: 'voucher.gift.balance_added', sentBy: 'webhook' },
	{
		name: 'Voucher: Loyalty Card Transaction Created',
		type: 'voucher.loyalty_card.transaction.created',
		sentBy: 'webhook',
	},
	{ name: 'Voucher: Loyalty Points Added', type: 'voucher.loyalty_card.points_added', sentBy: 'webhook' },
	{ name: 'Voucher: Loyalty Points Expired', type: 'voucher.loyalty_card.points_expired', sentBy: 'webhook' },
	{
		name: 'Voucher: Pending Points Activated',
		type: 'voucher.loyalty_card.pending_points.activated',
		sentBy: 'webhook',
	},
	{
		name: 'Voucher: Pending Points Added',
		type: 'voucher.loyalty_card.pending_points.added',
		sentBy: 'webhook',
	},
	{
		name: 'Voucher: Pending Points Canceled',
		type: 'voucher.loyalty_card.pending_points.canceled',
		sentBy: 'webhook',
	},
	{
		name: 'Voucher: Pending Points Updated',
		type: 'voucher.loyalty_card.pending_points.updated',
		sentBy: 'webhook',
	},
	{ name: 'Voucher: Published', type: 'voucher.published', sentBy: 'webhook' },
	{ name: 'Voucher: Updated', type: 'voucher.updated', sentBy: 'webhook' },
];

/** The choice that stands for every event, of types made after this version too. */
export const ANY_EVENT = '*';

const SENT_BY: Readonly<Record<SentBy, string>> = {
	webhook: 'sent by project webhooks',
	distribution: 'sent by distributions only',
	both: 'sent by project webhooks and by distributions',
	unstated: 'Voucherify does not say what sends it',
};

/** The list that users choose from. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'Any Event',
		value: ANY_EVENT,
		description: 'Everything that arrives, and types of event that are new',
	},
	...EVENT_TYPES.map(({ name, type, sentBy }) => ({
		name,
		value: type,
		description: `${type}: ${SENT_BY[sentBy]}`,
	})),
];

/** The types that arrive only when a user makes a distribution for them. */
export const DISTRIBUTION_ONLY: readonly string[] = EVENT_TYPES.filter(
	({ sentBy }) => sentBy === 'distribution',
).map(({ type }) => type);

/** The types that a project webhook can be registered for. */
export const REGISTRABLE: readonly string[] = EVENT_TYPES.filter(
	({ sentBy }) => sentBy === 'webhook' || sentBy === 'both',
).map(({ type }) => type);
