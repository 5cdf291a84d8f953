import type { FastifyInstance } from 'fastify';
import type { BrazeState } from '../state.mts';

/** GET /catalogs */
export function registerCatalogs(app: FastifyInstance, state: BrazeState): void {
	app.get('/catalogs', { config: { permission: 'catalogs.get' } }, () => ({
		message: 'success',
		catalogs: state.workspace.catalogs,
	}));
}
