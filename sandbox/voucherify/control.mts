import type { FastifyInstance } from 'fastify';
import { type Audience, audiencesOf, exampleEventData } from './event-examples.mts';
import type { JsonObject } from './json.mts';
import type { VoucherifyState } from './state.mts';
import type { WebhookKind } from './webhook-target.mts';

const KINDS: readonly WebhookKind[] = ['project', 'distribution', 'raw'];

interface TargetRequest {
	Body: { url?: string; events?: string[]; kind?: WebhookKind; name?: string };
}

interface EventRequest {
	Body: { type?: string; data?: JsonObject; audience?: Audience; entityId?: string };
}

/** Adds the routes under `/_sandbox/` that steer what only Voucherify has: receivers of webhooks, events, failing exports, the plan. */
export function registerVoucherifyControl(app: FastifyInstance, state: VoucherifyState): void {
	app.get('/_sandbox/webhooks', () => ({
		targets: state.webhooks.targets,
		deliveries: state.webhooks.deliveries,
	}));

	app.post<TargetRequest>('/_sandbox/webhooks', (request, reply) => {
		const { url, events, kind = 'project', name } = request.body;
		if (url === undefined || !URL.canParse(url))
			return reply.code(400).send({ message: 'url should be a URL.' });
		if (!KINDS.includes(kind)) {
			return reply.code(400).send({ message: `kind should be one of ${KINDS.join(', ')}.` });
		}
		return reply.code(201).send(state.webhooks.addTarget(kind, url, name, events));
	});

	app.delete<{ Params: { id: string } }>('/_sandbox/webhooks/:id', (request, reply) => {
		state.webhooks.removeTarget(request.params.id);
		return reply.code(204).send();
	});

	app.post<EventRequest>('/_sandbox/events', (request, reply) => {
		const { type, entityId = 'sandbox' } = request.body;
		if (type === undefined) return reply.code(400).send({ message: 'type is required.' });
		const data = request.body.data ?? exampleEventData(type);
		if (data === undefined) {
			return reply.code(400).send({ message: `There is no official example of ${type}: give data.` });
		}
		const audiences = request.body.audience === undefined ? audiencesOf(type) : [request.body.audience];
		for (const audience of audiences) {
			state.webhooks.emit({ type, audience, idPrefix: 'evsandbox_', entityId, data: () => data });
		}
		return reply.code(202).send({ type, audiences });
	});

	app.post<{ Body: { available: boolean } }>('/_sandbox/management', (request, reply) => {
		state.management.isIncluded = request.body.available;
		return reply.code(204).send();
	});

	app.post<{ Body: { failNext: number } }>('/_sandbox/exports', (request, reply) => {
		state.exports.failNext(request.body.failNext);
		return reply.code(204).send();
	});
}
