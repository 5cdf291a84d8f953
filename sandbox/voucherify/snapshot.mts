import type { VoucherifyState } from './state.mts';

/** What a project holds, in numbers and objects; of each kind at most the `latest` ones. */
export function snapshotOf(state: VoucherifyState, latest: number): Record<string, unknown> {
	const { campaigns, customers, segments, publications, sales, exports, webhooks } = state;
	const { asyncActions, balances, bin } = state;
	return {
		counts: {
			campaigns: campaigns.all.length,
			customers: customers.count,
			segments: segments.all.length,
			publications: publications.count,
			orders: sales.orders.all.length,
			redemptions: sales.redemptions.all.length,
			exports: exports.all.length,
			transactions: balances.all.length,
			asyncActions: asyncActions.all.length,
		},
		campaigns: campaigns.all.map((campaign) => ({
			id: campaign.id,
			name: campaign.name,
			campaignType: campaign.campaignType,
			type: campaign.settings.stockType,
			codes: campaign.codeCount,
			published: campaign.publishedCount,
			/** Null when the campaign cannot run out. */
			left: campaign.settings.stockType === 'STATIC' ? campaign.codeCount - campaign.publishedCount : null,
		})),
		segments: segments.all.map((segment) => ({
			id: segment.id,
			name: segment.name,
			type: segment.membership.type,
			members: segment.members.length,
		})),
		customers: lastOf(customers.ordered, latest).map((customer) => ({
			id: customer.id,
			sourceId: customer.sourceId,
			createdAt: new Date(customer.createdAt).toISOString(),
			...customer.fields,
		})),
		publications: lastOf(publications.all, latest).map((publication) => ({
			id: publication.id,
			createdAt: new Date(publication.createdAt).toISOString(),
			sourceId: publication.sourceId,
			channel: publication.channel,
			campaign: publication.campaign?.name ?? null,
			customerId: publication.customer.id,
			customerSourceId: publication.customer.sourceId,
			codes: publication.vouchers.map(({ code }) => code),
		})),
		exports: lastOf(exports.all, latest).map((job) => exports.toExport(job)),
		asyncActions: lastOf(asyncActions.all, latest).map((action) => asyncActions.toAction(action)),
		/** What was deleted without `force=true`; Voucherify's API has no route to look into it. */
		bin: lastOf(bin.entries, latest),
		webhooks: { targets: webhooks.targets, deliveries: lastOf(webhooks.deliveries, latest) },
	};
}

function lastOf<Item>(items: readonly Item[], count: number): readonly Item[] {
	return count > 0 ? items.slice(-count) : [];
}
