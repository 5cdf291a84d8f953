import type { IDataObject } from 'n8n-workflow';
import type { Delivery } from './delivery';
import { ANY_EVENT } from './eventTypes';
import { UNKNOWN } from './rawPayload';
import { campaignsIn } from './simplify/campaign';

/** Which deliveries a user wants. */
export interface Selection {
	/** Event types; `*` stands for all. */
	readonly events: readonly string[];
	/** Names and IDs; empty: whatever the campaign. */
	readonly campaigns: readonly string[];
}

/**
 * Why a delivery isn't wanted, in the words that Voucherify's log of webhooks then shows.
 * @returns `undefined` when it is wanted
 */
export function unwanted(delivery: Delivery, { events, campaigns }: Selection): string | undefined {
	if (!events.includes(ANY_EVENT) && !events.includes(delivery.type)) {
		return delivery.type === UNKNOWN
			? 'Ignored: this payload does not show what happened. Choose "Any Event" in n8n, or send the whole event instead of the raw payload.'
			: `Ignored: the workflow does not listen to ${delivery.type}`;
	}
	return campaigns.length === 0 || mentions(delivery.data, campaigns)
		? undefined
		: 'Ignored: the workflow does not listen to this campaign';
}

function mentions(data: IDataObject, campaigns: readonly string[]): boolean {
	const mentioned = campaignsIn(data);
	return campaigns.some((campaign) => mentioned.has(campaign));
}
