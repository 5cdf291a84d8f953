import type { KnownNames } from './known-names.mts';
import type { SubscriptionGroup } from './subscriptions.mts';

/** A campaign as GET /campaigns/list shows it. */
export interface BrazeCampaign {
	readonly id: string;
	readonly last_edited: string;
	readonly name: string;
	readonly is_api_campaign: boolean;
	readonly tags: readonly string[];
}

/** A Canvas as GET /canvas/list shows it. */
export interface BrazeCanvas {
	readonly id: string;
	readonly last_edited: string;
	readonly name: string;
	readonly tags: readonly string[];
}

/** A segment as GET /segments/list shows it. */
export interface BrazeSegment {
	readonly id: string;
	readonly name: string;
	readonly analytics_tracking_enabled: boolean;
	readonly tags: readonly string[];
}

/** A catalog with its items. */
export interface BrazeCatalog {
	readonly name: string;
	readonly description: string;
	readonly fields: readonly { readonly name: string; readonly type: string }[];
	readonly items: readonly ({ readonly id: string } & Readonly<Record<string, string>>)[];
	readonly updated_at: string;
}

/** What a workspace has before anybody calls its API. */
export interface Workspace {
	readonly campaigns: readonly BrazeCampaign[];
	/** Listed only with `include_archived`. */
	readonly archivedCampaigns: readonly BrazeCampaign[];
	/** Only transactional/v1 sends them; they are not among the listed ones. */
	readonly transactionalCampaigns: readonly BrazeCampaign[];
	readonly canvases: readonly BrazeCanvas[];
	readonly subscriptionGroups: readonly SubscriptionGroup[];
	readonly segments: readonly BrazeSegment[];
	readonly catalogs: readonly BrazeCatalog[];
}

/** When everything in the workspace was changed last. */
export const EDITED = '2026-08-31T09:30:00+00:00';

/** A small workspace of a shop that sends its promotions with Braze. */
export const WORKSPACE: Workspace = {
	campaigns: [
		campaign('5f0c6a52-6f0e-4a53-9a4d-2d1f6f0a7b11', 'Summer sale: your code', ['promotions']),
		campaign('8d1b7f9e-30b2-4c43-8f5e-6a4c1f0d9c22', 'Welcome voucher', ['onboarding', 'promotions']),
		campaign('b7c2e0a4-1d6f-4f8a-b0f3-7e5d2a9c8d33', 'Gift card reminder', ['promotions']),
	],
	archivedCampaigns: [campaign('c1a9d3f6-52e7-4b0d-9c11-0f4b8e7a6e44', 'Spring sale 2025', ['promotions'])],
	transactionalCampaigns: [
		campaign('d4e2b8a1-63f7-4c1e-8d22-1a5c9f7b0e55', 'Your gift card', ['promotions']),
	],
	subscriptionGroups: [
		{ id: 'e5f3c9b2-74a8-4d2f-9e33-2b6d0a8c1f66', name: 'Promotions by email', channel: 'email' },
		{ id: 'f6a4d0c3-85b9-4e3a-8f44-3c7e1b9d2a77', name: 'Promotions by SMS', channel: 'sms' },
	],
	canvases: [
		canvas('0e9f4c7a-8b1d-4d25-a6c3-5b7f2e1d9f55', 'Win back with a voucher', ['retention']),
		canvas('2a7d5e8b-9c3f-4e16-b8d4-6c8a3f2e0a66', 'Loyalty balance update', ['loyalty']),
	],
	segments: [
		segment('3b8e6f9c-0d4a-4f27-89e5-7d9b4a3f1b77', 'All users', []),
		segment('4c9f7a0d-1e5b-4a38-9af6-8e0c5b4a2c88', 'Has an unused code', ['promotions']),
		segment('5d0a8b1e-2f6c-4b49-8b07-9f1d6c5b3d99', 'Loyalty members', ['loyalty']),
	],
	catalogs: [
		{
			name: 'promotions',
			description: 'Terms and dates of running promotions',
			fields: [
				{ name: 'id', type: 'string' },
				{ name: 'title', type: 'string' },
				{ name: 'terms', type: 'string' },
				{ name: 'ends_at', type: 'time' },
			],
			items: [
				promotion('summer', 'Summer sale', '10 % off everything', '2026-08-31T23:59:59Z'),
				promotion('welcome', 'Welcome voucher', '5 EUR off the first order', '2026-12-31T23:59:59Z'),
				promotion('loyalty', 'Loyalty week', 'Double points', '2026-10-31T23:59:59Z'),
			],
			updated_at: EDITED,
		},
	],
};

/** Names the workspace knows before anything is tracked, so that pickers have something to show. */
export function seedNames(names: KnownNames): void {
	names.addAttribute('voucherify_code', '', 'Code of the latest voucher');
	names.addAttribute('voucherify_expires_at', '2026-12-31T23:59:59Z', 'When the latest voucher ends');
	names.addAttribute('loyalty_points', 0, 'Balance of the loyalty card');
	names.addAttribute('newsletter_topics', [], 'Topics the user has chosen');
	names.addAttribute('favorite_store', {}, 'Nearest store, as an object');
	for (const name of ['voucher_received', 'voucher_redeemed', 'loyalty_points_added']) names.addEvent(name);
}

function campaign(id: string, name: string, tags: readonly string[]): BrazeCampaign {
	return { id, last_edited: EDITED, name, is_api_campaign: false, tags };
}

function canvas(id: string, name: string, tags: readonly string[]): BrazeCanvas {
	return { id, last_edited: EDITED, name, tags };
}

function promotion(
	id: string,
	title: string,
	terms: string,
	ends_at: string,
): Record<'id' | 'title' | 'terms' | 'ends_at', string> {
	return { id, title, terms, ends_at };
}

function segment(id: string, name: string, tags: readonly string[]): BrazeSegment {
	return { id, name, analytics_tracking_enabled: true, tags };
}
