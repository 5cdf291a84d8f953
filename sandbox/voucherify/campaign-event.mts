import type { Campaign } from './campaign.mts';
import type { VoucherifyEvent } from './event.mts';

/** The event of a campaign that was created, updated, deleted, enabled or disabled. */
export function campaignEvent(
	campaign: Campaign,
	change: 'created' | 'updated' | 'deleted' | 'enabled' | 'disabled',
): VoucherifyEvent {
	return {
		type: `campaign.${change}`,
		audience: 'project',
		idPrefix: 'evcam_',
		entityId: campaign.id,
		data: () => ({ campaign: withoutNulls(campaign.toCampaign()) }),
	};
}

/** The event of codes that were made, `count` of them, at the instant `at`. */
export function generationEvent(campaign: Campaign, count: number, at: number): VoucherifyEvent {
	return {
		type: 'campaign.vouchers.generation.completed',
		audience: 'project',
		idPrefix: 'evcam_',
		entityId: campaign.id,
		data: () => ({
			campaign: withoutNulls(campaign.toEventCampaign()),
			count,
			completed_at: new Date(at).toISOString(),
		}),
	};
}

/** Events leave out what is not set, except the category. */
function withoutNulls(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(object).filter(([key, value]) => value !== null || key === 'category_id'),
	);
}
