import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from '../errors.mts';
import type { VoucherifyState } from '../state.mts';

/** OAuth 2.0 with client credentials: token, introspect, revoke. The key headers are the client's credentials. */
export function registerOAuth(app: FastifyInstance, state: VoucherifyState): void {
	app.post('/v1/oauth/token', (request) => {
		const form = readForm(request);
		const clientId = String(request.headers['x-app-id']);
		return state.oauth.grant(clientId, form.get('grant_type'), form.get('scope'));
	});

	app.post('/v1/oauth/introspect', (request) =>
		state.oauth.introspect(readForm(request).get('access_token')),
	);

	app.post('/v1/oauth/token/revoke', (request, reply) => {
		// Alone among the errors, this 404 has no body.
		const isRevoked = state.oauth.revoke(readForm(request).get('access_token'));
		return reply.code(isRevoked ? 204 : 404).send();
	});
}

function readForm({ headers, body }: FastifyRequest): URLSearchParams {
	const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	if (!isForm || typeof body !== 'string') {
		const details = 'The body should be application/x-www-form-urlencoded';
		throw invalid('invalid_payload', 'Invalid payload', details);
	}
	return new URLSearchParams(body);
}
