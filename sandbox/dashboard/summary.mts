import type { Json } from '../braze/json.mts';
import type { Profile } from '../braze/profile.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Campaign } from '../voucherify/campaign.mts';
import type { Campaigns } from '../voucherify/campaigns.mts';
import type { Publication } from '../voucherify/publication.mts';

/** Entries of each list; the page is for a look, and its cost must not grow with what is stored. */
const LATEST = 20;
const LATEST_REQUESTS = 40;
const ATTRIBUTES = 12;
/** Standard fields that say who somebody is, in the order in which people want to read them. */
const PERSONAL = ['first_name', 'last_name', 'email', 'phone'];

/** What the page shows of a custom attribute. */
interface AttributeView {
	readonly name: string;
	readonly value: Json;
	/** When the value is a published code: of which campaign, and whether this user is who it was published to. */
	readonly code?: { readonly campaign: string; readonly holdsIt: boolean };
}

/** What the page shows: totals and the latest of everything. */
export function summarize(sandbox: Sandbox) {
	const { clock, log, voucherify, braze } = sandbox;
	const { campaigns, publications, customers } = voucherify.state;
	return {
		now: clock.now().toISOString(),
		voucherify: {
			url: voucherify.url,
			customers: customers.count,
			published: publications.count,
			campaigns: campaigns.all.map(campaignView),
			publications: publications.all.slice(-LATEST).reverse().map(publicationView),
		},
		braze: {
			url: braze.url,
			profiles: braze.state.profiles.size,
			counters: braze.state.counters,
			dropped: braze.state.dropped.count,
			promotionLists: Array.from(braze.state.promotionLists.all(), ([name, { count, first }]) => ({
				name,
				count,
				first: first.slice(0, 3),
			})),
			latestProfiles: braze.state.profiles
				.recent()
				.slice(0, LATEST)
				.map((profile) => profileView(profile, campaigns, sandbox)),
		},
		requests: {
			total: Object.values(log.totals).reduce((sum, count) => sum + count, 0),
			latest: log
				.entries(LATEST_REQUESTS)
				.reverse()
				.map(({ at, service, method, path, status, durationMs, fault }) => {
					return { at, service, method, path, status, durationMs, fault };
				}),
		},
	};
}

function campaignView(campaign: Campaign) {
	return {
		name: campaign.name,
		kind: campaign.campaignType.toLowerCase().replaceAll('_', ' '),
		/** null when codes never run out. */
		codes: campaign.settings.stockType === 'STATIC' ? campaign.codeCount : null,
		published: campaign.publishedCount,
	};
}

function publicationView(publication: Publication) {
	return {
		at: new Date(publication.createdAt).toISOString(),
		customer: publication.customer.sourceId ?? publication.customer.id,
		campaign: publication.campaign?.name ?? '',
		codes: publication.vouchers.map((voucher) => voucher.code),
	};
}

function profileView(profile: Profile, campaigns: Campaigns, sandbox: Sandbox) {
	const attributes = Object.entries(profile.customAttributes);
	return {
		at: new Date(profile.updatedAt).toISOString(),
		user: profile.externalId ?? profile.aliases[0]?.alias_name ?? profile.brazeId,
		fields: PERSONAL.flatMap((name) => profile.standardFields[name] ?? []),
		events: profile.events.length,
		purchases: profile.purchases.length,
		attributes: attributes
			.slice(0, ATTRIBUTES)
			.map(([name, value]) => attributeView(name, value, profile, campaigns, sandbox)),
		more: Math.max(0, attributes.length - ATTRIBUTES),
	};
}

function attributeView(
	name: string,
	value: Json,
	profile: Profile,
	campaigns: Campaigns,
	sandbox: Sandbox,
): AttributeView {
	if (typeof value !== 'string') return { name, value };
	for (const campaign of campaigns.all) {
		const voucher = campaign.findVoucher(value);
		if (voucher === undefined || voucher.publications === 0) continue;
		const holder =
			voucher.holderId === undefined ? undefined : sandbox.voucherify.state.customers.find(voucher.holderId);
		// A generic code has no holder: whoever has it has it rightly.
		const holdsIt = voucher.holderId === undefined || holder?.sourceId === profile.externalId;
		return { name, value, code: { campaign: campaign.name, holdsIt } };
	}
	return { name, value };
}
