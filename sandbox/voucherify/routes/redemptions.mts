import type { FastifyInstance } from 'fastify';
import { readQuery } from '../query.mts';
import { listRedemptions } from '../redemptions/redemption-list.mts';
import { toInapplicable } from '../redemptions/stacking-rules.mts';
import type { VoucherifyState } from '../state.mts';

interface WithRedemption {
	Params: { redemptionId: string };
}

/** Redemptions: redeem, list, get, roll back, and those of one code. */
export function registerRedemptions(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/redemptions', (request) => {
		const { redemptions, stack, order, inapplicable } = state.sales.redemptions.redeem(request.body);
		return {
			redemptions: redemptions.map((redemption) => redemption.toEntry(state.url)),
			...(stack && { parent_redemption: stack.toEntry(state.url) }),
			...(order && { order: order.toOrder() }),
			inapplicable_redeemables: inapplicable.map(toInapplicable),
			skipped_redeemables: [],
		};
	});

	app.get('/v1/redemptions', (request) =>
		listRedemptions(state.sales.redemptions.all, readQuery(request), state.url),
	);

	app.get<WithRedemption>('/v1/redemptions/:redemptionId', (request) =>
		state.sales.redemptions.get(request.params.redemptionId).toEntry(state.url),
	);

	app.post<WithRedemption>('/v1/redemptions/:redemptionId/rollback', (request) =>
		state.sales.rollingBack
			.single(request.params.redemptionId, request.body, readQuery(request))
			.toEntry(state.url),
	);

	app.post<{ Params: { parentRedemptionId: string } }>(
		'/v1/redemptions/:parentRedemptionId/rollbacks',
		(request) => {
			const id = request.params.parentRedemptionId;
			const { rollbacks, parent } = state.sales.rollingBack.stack(id, request.body, readQuery(request));
			const order = rollbacks[0]?.order;
			return {
				rollbacks: rollbacks.map((rollback) => rollback.toEntry(state.url)),
				...(parent && { parent_rollback: parent.toEntry(state.url) }),
				...(order && { order: order.toOrder() }),
			};
		},
	);

	app.get<{ Params: { code: string } }>('/v1/vouchers/:code/redemption', (request) => {
		const voucher = state.campaigns.getVoucher(request.params.code);
		const entries = state.sales.redemptions.ofVoucher(voucher);
		return {
			quantity: voucher.traits.redemptionQuantity,
			redeemed_quantity: voucher.redeemedQuantity,
			object: 'list',
			url: `/v1/vouchers/${encodeURIComponent(voucher.code)}/redemptions?page=1&limit=10`,
			data_ref: 'redemption_entries',
			total: entries.length,
			redemption_entries: entries.map((entry) => entry.toEntry(state.url)),
		};
	});
}
