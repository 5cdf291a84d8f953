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
const CODES = 3;
/** Texts of one attribute that are looked at for codes, at most so deep. */
const TEXTS = 20;
const DEPTH = 3;
const EVENTS_OF_ONE = 5;
/** Standard fields that say who somebody is, in the order in which people want to read them. */
const PERSONAL = ['first_name', 'last_name', 'email', 'phone'];

/** What the page shows of a custom attribute. */
interface AttributeView {
	readonly name: string;
	readonly value: Json;
	/** Published codes in the value: of which campaign, and whether this user is who they were published to. */
	readonly codes?: readonly CodeView[];
}

interface CodeView {
	readonly text: string;
	readonly campaign: string;
	readonly holdsIt: boolean;
}

/** What the page shows: totals and the latest of everything. */
export function summarize(sandbox: Sandbox) {
	const { clock, log, voucherify, braze } = sandbox;
	const { campaigns, publications, customers, webhooks } = voucherify.state;
	const recent = braze.state.profiles.recent().slice(0, LATEST);
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
			latestProfiles: recent.map((profile) => profileView(profile, campaigns, sandbox)),
			events: latestEvents(recent),
		},
		faults: sandbox.faults.list().map(({ id, service, kind, hits, times, method, path }) => ({
			id,
			service,
			kind,
			hits,
			times,
			method,
			path,
		})),
		webhooks: {
			targets: webhooks.targets.map(({ id, kind, url, active }) => ({ id, kind, url, active })),
			deliveries: [
				...webhooks.deliveries
					.slice(-LATEST)
					.map((delivery) => deliveryView('Voucherify', delivery.eventType, delivery.target.url, delivery)),
				...braze.state.webhooks.deliveries
					.slice(-LATEST)
					.map((delivery) => deliveryView('Braze', delivery.method, delivery.url, delivery)),
			]
				.sort((a, b) => (b.at ?? '9').localeCompare(a.at ?? '9'))
				.slice(0, LATEST),
		},
		rates: {
			voucherify: { ...log.rates.of('voucherify'), limit: sandbox.limits.voucherify ?? null },
			braze: { ...log.rates.of('braze'), limit: sandbox.limits.braze ?? null },
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

function userOf(profile: Profile): string {
	return profile.externalId ?? profile.aliases[0]?.alias_name ?? profile.brazeId;
}

function profileView(profile: Profile, campaigns: Campaigns, sandbox: Sandbox) {
	const attributes = Object.entries(profile.customAttributes);
	return {
		at: new Date(profile.updatedAt).toISOString(),
		user: userOf(profile),
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
	const codes = textsIn(value)
		.flatMap((text) => codeView(text, profile, campaigns, sandbox) ?? [])
		.slice(0, CODES);
	return codes.length > 0 ? { name, value, codes } : { name, value };
}

function codeView(
	text: string,
	profile: Profile,
	campaigns: Campaigns,
	sandbox: Sandbox,
): CodeView | undefined {
	for (const campaign of campaigns.all) {
		const voucher = campaign.findVoucher(text);
		if (voucher === undefined || voucher.publications === 0) continue;
		const holder =
			voucher.holderId === undefined ? undefined : sandbox.voucherify.state.customers.find(voucher.holderId);
		// A generic code has no holder: whoever has it has it rightly.
		const holdsIt = voucher.holderId === undefined || holder?.sourceId === profile.externalId;
		return { text, campaign: campaign.name, holdsIt };
	}
	return undefined;
}

/** The texts that a value is or holds, such as the codes in an array of objects. */
function textsIn(value: Json, depth = DEPTH): readonly string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || depth === 0) return [];
	const parts: Json[] = Object.values(value).slice(0, TEXTS);
	return parts.flatMap((part) => textsIn(part, depth - 1)).slice(0, TEXTS);
}

/** Events and purchases of the profiles that were changed last, latest first. */
function latestEvents(profiles: readonly Profile[]) {
	return profiles
		.flatMap((profile) => {
			const user = userOf(profile);
			const events = profile.events
				.slice(-EVENTS_OF_ONE)
				.map(({ name, time, properties }) => ({ user, name, at: time, details: properties ?? {} }));
			const purchases = profile.purchases
				.slice(-EVENTS_OF_ONE)
				.map(({ product_id: name, time, price, currency, quantity }) => {
					return { user, name: `bought ${name}`, at: time, details: { quantity, price, currency } };
				});
			return [...events, ...purchases];
		})
		.sort((a, b) => b.at.localeCompare(a.at))
		.slice(0, LATEST);
}

interface Delivery {
	readonly state: string;
	readonly attempts: readonly {
		readonly at: string;
		readonly status: number | undefined;
		readonly error: string | undefined;
	}[];
	readonly nextAttemptAt: string | undefined;
}

function deliveryView(from: string, what: string, url: string, { state, attempts, nextAttemptAt }: Delivery) {
	return {
		from,
		what,
		url,
		state,
		/** Of the latest try; undefined before the first one has ended. */
		at: attempts.at(-1)?.at,
		tries: attempts.map(({ status, error }) => status ?? error ?? 'no answer'),
		nextAttemptAt,
	};
}
