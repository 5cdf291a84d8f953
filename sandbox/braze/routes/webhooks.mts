import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';

interface WebhookRoute {
	Body: { url?: string; method?: string; headers?: Record<string, string>; body?: unknown };
}

/**
 * POST /_sandbox/braze/webhooks {url, method, headers, body}: calls the URL as the webhook message of a Campaign does; a
 * body that is not text is sent as JSON. GET lists the calls with their tries.
 */
export function registerWebhooks(app: FastifyInstance, state: BrazeState): void {
	app.get('/_sandbox/braze/webhooks', () => ({ deliveries: state.webhooks.deliveries }));
	app.post<WebhookRoute>('/_sandbox/braze/webhooks', (request, reply) => {
		const { url, method = 'POST', headers = {}, body } = request.body;
		if (url === undefined || !URL.canParse(url))
			return reply.code(400).send({ message: 'url should be a URL.' });
		const isText = body === undefined || typeof body === 'string';
		const delivery = state.webhooks.send({
			url,
			method,
			headers: isText ? headers : { 'content-type': 'application/json', ...headers },
			body: isText ? body : JSON.stringify(body),
		});
		return reply.code(202).send(delivery);
	});
}
