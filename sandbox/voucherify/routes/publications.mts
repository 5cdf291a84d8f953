import type { FastifyInstance } from 'fastify';
import { isObject, type JsonObject } from '../json.mts';
import { listPublications } from '../publication-list.mts';
import { readQuery } from '../query.mts';
import type { VoucherifyState } from '../state.mts';

/** Publications: create (by body or by query) and list. */
export function registerPublications(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/v1/publications', (request) => listPublications(state, readQuery(request)));

	app.post('/v1/publications', (request) =>
		state.publications
			.publish(request.body, isTrue(readQuery(request)['join_once']))
			.toPublication(state.url),
	);

	app.get('/v1/publications/create', (request) => {
		const { join_once: joinOnce, campaign, ...body } = readQuery(request);
		return state.publications
			.publish({ ...body, campaign: withNumericCount(campaign) }, isTrue(joinOnce))
			.toPublication(state.url);
	});
}

function isTrue(flag: unknown): boolean {
	return flag === 'true';
}

/** A query holds only texts, but a count is a number. */
function withNumericCount(campaign: unknown): JsonObject | unknown {
	if (!isObject(campaign) || campaign['count'] === undefined) return campaign;
	return { ...campaign, count: Number(campaign['count']) };
}
