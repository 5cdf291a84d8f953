import type { FastifyInstance } from 'fastify';
import { toWebhook } from '../management.mts';
import { list } from '../page.mts';
import type { VoucherifyState } from '../state.mts';

const PROJECT = '/management/v1/projects/:projectId';

interface WithProject {
	Params: { projectId: string };
}

interface WithWebhook {
	Params: { projectId: string; webhookId: string };
}

/** The Management API, with keys of its own: the project and its webhooks. */
export function registerManagement(app: FastifyInstance, state: VoucherifyState): void {
	app.get<WithProject>(PROJECT, (request) => state.management.project(request.params.projectId));

	app.get<WithProject>(`${PROJECT}/webhooks`, (request) => {
		const webhooks = state.management.webhooksOf(request.params.projectId);
		return list('data', webhooks.map(toWebhook), webhooks.length);
	});

	app.post<WithProject>(`${PROJECT}/webhooks`, (request) =>
		toWebhook(state.management.add(request.params.projectId, request.body)),
	);

	app.get<WithWebhook>(`${PROJECT}/webhooks/:webhookId`, (request) => {
		const { projectId, webhookId } = request.params;
		return toWebhook(state.management.webhook(projectId, webhookId));
	});

	app.put<WithWebhook>(`${PROJECT}/webhooks/:webhookId`, (request) => {
		const { projectId, webhookId } = request.params;
		const webhook = state.management.webhook(projectId, webhookId);
		state.management.replace(webhook, request.body);
		return toWebhook(webhook);
	});

	app.delete<WithWebhook>(`${PROJECT}/webhooks/:webhookId`, (request, reply) => {
		const { projectId, webhookId } = request.params;
		state.management.remove(state.management.webhook(projectId, webhookId));
		return reply.code(204).send();
	});
}
