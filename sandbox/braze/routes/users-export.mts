import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';
import { requireJson, type JsonRoute } from './json-body.mts';

/** POST /users/export/ids and /users/export/segment, and the archives of the latter, which need no key. */
export function registerUsersExport(app: FastifyInstance, state: BrazeState): void {
	app.post<JsonRoute>(
		'/users/export/ids',
		{ preHandler: requireJson, config: { permission: 'users.export.ids' } },
		(request, reply) => {
			const answer = state.exportIds(request.body);
			if ('problem' in answer) return reply.code(400).send({ message: answer.problem });
			const invalid = answer.invalid.length > 0 ? { invalid_user_ids: answer.invalid } : {};
			return reply.code(200).send({ message: 'success', users: answer.users, ...invalid });
		},
	);
	app.post<JsonRoute>(
		'/users/export/segment',
		{ preHandler: requireJson, config: { permission: 'users.export.segment' } },
		(request, reply) => {
			const started = state.segmentExports.start(request.body, `${request.protocol}://${request.host}`);
			if ('problem' in started) return reply.code(started.status).send({ message: started.problem });
			return reply.send({ message: 'success', object_prefix: started.prefix, url: started.url });
		},
	);
	// The archives are served as a cloud storage does it: their address opens them, and a key beside it is one too many.
	app.get('/segment-export/*', { config: { isOutside: true } }, (request, reply) => {
		if (request.headers.authorization !== undefined) {
			return reply.code(400).type('application/xml').send('<Error><Code>InvalidArgument</Code></Error>');
		}
		const [path = '', query] = request.url.split('?');
		const signature = new URLSearchParams(query).get('X-Amz-Signature') ?? '';
		const found = state.segmentExports.download(path, signature);
		if (found === undefined) {
			return reply.code(403).type('application/xml').send('<Error><Code>AccessDenied</Code></Error>');
		}
		return reply.type(`application/${found.format}`).send(Readable.from(found.chunks));
	});
}
