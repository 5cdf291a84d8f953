import type { FastifyInstance } from 'fastify';
import { registerCampaigns } from './routes/campaigns.mts';
import { registerCanvas } from './routes/canvas.mts';
import { registerCatalogs } from './routes/catalogs.mts';
import { registerCatalogItems } from './routes/catalog-items.mts';
import { registerContentBlocks } from './routes/content-blocks.mts';
import { registerCustomAttributes } from './routes/custom-attributes.mts';
import { registerEvents } from './routes/events.mts';
import { registerPromotionLists } from './routes/promotion-lists.mts';
import { registerSegments } from './routes/segments.mts';
import { registerSends } from './routes/sends.mts';
import { registerSettings } from './routes/settings.mts';
import { registerSubscriptions } from './routes/subscriptions.mts';
import { registerUsersExport } from './routes/users-export.mts';
import { registerUsersIdentities } from './routes/users-identities.mts';
import { registerUsersTrack } from './routes/users-track.mts';
import { registerWebhooks } from './routes/webhooks.mts';
import type { BrazeState } from './state.mts';

/** What Braze's routes work on. */
export interface BrazeContext {
	readonly state: BrazeState;
}

/** Adds every route of Braze's REST API that the sandbox knows, the dashboard's upload of promotion codes, and webhook messages. */
export function registerBraze(app: FastifyInstance, { state }: BrazeContext): void {
	registerUsersTrack(app, state);
	registerUsersExport(app, state);
	registerUsersIdentities(app, state);
	registerCustomAttributes(app, state);
	registerEvents(app, state);
	registerCampaigns(app, state);
	registerCanvas(app, state);
	registerSegments(app, state);
	registerSends(app, state);
	registerSubscriptions(app, state);
	registerCatalogs(app, state);
	registerCatalogItems(app, state);
	registerContentBlocks(app, state);
	registerPromotionLists(app, state);
	registerSettings(app, state);
	registerWebhooks(app, state);
}
