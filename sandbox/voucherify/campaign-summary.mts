import type { Campaign } from './campaign.mts';
import { invalid } from './errors.mts';
import { textParameter } from './query.mts';
import type { Redeemable } from './redemptions/redeemable.mts';
import type { VoucherifyState } from './state.mts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The figures of a campaign between two days, both included, or of its whole life. Voucherify documents the groups of figures in prose
 * only, so what stands in them here is a choice. Throws 400 for one day without the other.
 */
export function campaignSummary(
	state: VoucherifyState,
	campaign: Campaign,
	query: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const from = textParameter(query, 'start_date');
	const to = textParameter(query, 'end_date');
	if (
		(from === undefined) !== (to === undefined) ||
		[from, to].some((day) => day !== undefined && !DAY.test(day))
	) {
		throw invalid(
			'invalid_query_params',
			'Invalid query params',
			'start_date and end_date have to be given together, as days',
		);
	}
	const counts = ({ createdAt }: { createdAt: number }): boolean => {
		const day = new Date(createdAt).toISOString().slice(0, 10);
		return (from === undefined || day >= from) && (to === undefined || day <= to);
	};
	const published = state.publications.all.filter((one) => one.campaign === campaign && counts(one));
	const redeemed = state.sales.redemptions.all.filter(
		(one) => campaignOf(one.redeemable) === campaign && counts(one),
	);
	const withStatus = (status: string): number => redeemed.filter((one) => one.status === status).length;
	return {
		publications: { total_succeeded: published.length },
		redemptions: {
			total_succeeded: withStatus('SUCCEEDED'),
			total_failed: withStatus('FAILED'),
			total_rolled_back: withStatus('ROLLED_BACK'),
		},
	};
}

function campaignOf(redeemable: Redeemable | undefined): Campaign | undefined {
	return redeemable?.kind === 'voucher' ? redeemable.voucher.campaign : redeemable?.campaign;
}
