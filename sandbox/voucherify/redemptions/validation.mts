import type { Campaigns } from '../campaigns.mts';
import type { Orders } from '../orders/orders.mts';
import type { Rewards } from '../rewards/rewards.mts';
import { calculate } from './calculation.mts';
import { readStackRequest } from './redeemable-request.mts';
import { STACKING_RULES, toApplicable, toInapplicable } from './stacking-rules.mts';

/** What a validation looks at. */
export interface ValidationSource {
	readonly campaigns: Campaigns;
	readonly orders: Orders;
	readonly rewards: Rewards;
}

/**
 * Answers POST /v1/validations: says what redeeming would do, and changes nothing. When nothing works, `valid` is
 * false, and the answer is no error.
 */
export function validate(body: unknown, source: ValidationSource, id: string, at: number) {
	const request = readStackRequest(body);
	const { order, session, trackingId } = request;
	const known = source.orders.find(order?.id) ?? source.orders.find(order?.sourceId);
	const start = order?.amounts ?? known?.amounts;
	const { outcomes, applicable, inapplicable, amounts } = calculate(request.redeemables, start, source, at);
	const valid = applicable.length > 0;
	return {
		id,
		valid,
		redeemables: valid
			? applicable.map(toApplicable)
			: outcomes.map((outcome) => ('error' in outcome ? toInapplicable(outcome) : toApplicable(outcome))),
		...(valid && inapplicable.length > 0 && { inapplicable_redeemables: inapplicable.map(toInapplicable) }),
		...(valid && { skipped_redeemables: [] }),
		...(valid &&
			amounts && {
				order: {
					...(known && { id: known.id }),
					source_id: order?.sourceId ?? null,
					...amounts.toAmounts(),
					metadata: order?.metadata ?? {},
					object: 'order',
				},
			}),
		...(trackingId !== undefined && { tracking_id: trackingId }),
		...(session && { session: { key: `ssn_${id}`, type: 'LOCK', ttl: 7, ttl_unit: 'DAYS', ...session } }),
		stacking_rules: STACKING_RULES,
	};
}
