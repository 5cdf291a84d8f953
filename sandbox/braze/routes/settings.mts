import type { FastifyInstance } from 'fastify';
import type { ApiKey } from '../api-keys.mts';
import type { BrazeSettings, BrazeState } from '../state.mts';

interface SettingsRoute {
	Body: Partial<BrazeSettings> & { keys?: readonly ApiKey[] };
}

/** GET and POST /_sandbox/braze: how the workspace is set up; POST changes what it names and adds the keys. */
export function registerSettings(app: FastifyInstance, state: BrazeState): void {
	app.get('/_sandbox/braze', () => state.settings);
	app.post<SettingsRoute>('/_sandbox/braze', ({ body: { keys = [], ...settings } }) => {
		Object.assign(state.settings, settings);
		for (const key of keys) state.keys.add(key);
		return state.settings;
	});
}
