import type { VoucherifyEvent } from '../event.mts';
import { campaignOf } from './redeemable.mts';
import { type Redemption, simpleTier } from './redemption.mts';
import type { Rollback } from './rollback.mts';

/** All events of a redemption: of itself, and of the reward that it brought. */
export function redemptionEvents(redemption: Redemption): VoucherifyEvent[] {
	const { customer, failure } = redemption;
	const data = () => ({ ...parts(redemption), redemption: redemption.toEventRedemption() });
	const type = failure === undefined ? 'redemption.succeeded' : 'redemption.failed';
	const events: VoucherifyEvent[] = [
		{
			type,
			audience: 'project',
			idPrefix: 'evred_',
			entityId: redemption.id,
			data: () => ({ ...data(), created_at: new Date(redemption.createdAt).toISOString() }),
		},
	];
	if (customer === undefined || failure !== undefined) return events;
	const toCustomer = { audience: 'distribution', idPrefix: 'evcus_', entityId: customer.id } as const;
	events.push({ ...toCustomer, type: `customer.${type}`, data });
	return [...events, ...rewardEvents(redemption, toCustomer)];
}

/** All events of a rollback. */
export function rollbackEvents(rollback: Rollback, redemption: Redemption): VoucherifyEvent[] {
	const { customer } = rollback;
	const data = () => ({
		...parts(redemption),
		redemption: redemption.toEventRedemption(),
		redemption_rollback: rollback.toEventRollback(),
	});
	const type = 'redemption.rollback.succeeded';
	const events: VoucherifyEvent[] = [
		{ type, audience: 'project', idPrefix: 'evred_', entityId: rollback.id, data },
	];
	if (customer === undefined) return events;
	const audience = 'distribution';
	return [...events, { type: `customer.${type}`, audience, idPrefix: 'evcus_', entityId: customer.id, data }];
}

/** Both audiences hear of a reward, and distributions of its completion too. */
function rewardEvents(
	redemption: Redemption,
	toCustomer: Pick<VoucherifyEvent, 'audience' | 'idPrefix' | 'entityId'>,
): VoucherifyEvent[] {
	const { reward } = redemption.details;
	if (reward === undefined) return [];
	const common = () => {
		const { customer, holder, voucher, campaign } = parts(redemption);
		return { customer, holder, voucher, campaign, reward: reward.toEventReward() };
	};
	const rewarded = () => ({
		...common(),
		// Unlike other events, this one names a product that is not there.
		redemption: {
			...redemption.toEventRedemption(),
			reward: { product: null, ...reward.toEventReward() },
		},
		referral_tier: null,
		balance: null,
		custom_event: null,
		customer_event: null,
	});
	return [
		{ ...toCustomer, type: 'customer.rewarded', audience: 'project', data: rewarded },
		{ ...toCustomer, type: 'customer.rewarded', data: rewarded },
		{
			...toCustomer,
			type: 'customer.reward_redemptions.completed',
			data: () => ({ ...common(), ...completion(redemption, reward) }),
		},
	];
}

function completion(
	redemption: Redemption,
	{ assignment, points }: NonNullable<Redemption['details']['reward']>,
): Record<string, unknown> {
	const { redeemable, customer, id } = redemption;
	const at = new Date(redemption.createdAt).toISOString();
	return {
		reward_redemption: {
			id: `rewr_${id}`,
			state: 'COMPLETED',
			created_at: at,
			updated_at: at,
			...(redeemable.kind === 'voucher' && { voucher_id: redeemable.voucher.id }),
			campaign_id: assignment.campaign.id,
			...(customer && { customer_id: customer.id }),
			reward_assignment_id: assignment.id,
			source_id: id,
			source_type: 'redemption',
		},
		reward_assignment: assignment.toAssignment(),
		source: { id, type: 'redemption' },
		balance: { amount: points },
	};
}

function parts(redemption: Redemption): Record<string, unknown> {
	const { customer, order, redeemable } = redemption;
	return {
		...(customer && { customer: customer.toSimpleCustomer() }),
		order: order?.toSimpleOrder() ?? null,
		campaign: campaignOf(redeemable)?.toEventCampaign() ?? null,
		voucher: redeemable.kind === 'voucher' ? redeemable.voucher.toEventVoucher() : null,
		holder: redemption.details.holder?.toSimpleCustomer() ?? null,
		promotion_tier: redeemable.kind === 'tier' ? simpleTier(redeemable) : null,
		promotion_stack: null,
	};
}
