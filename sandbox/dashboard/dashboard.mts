import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox.mts';
import { registerAssets } from '../voucherify/routes/assets.mts';
import { OFFERED_EVENTS, registerActions } from './actions.mts';
import { PAGE } from './page.mts';
import { summarize } from './summary.mts';

/** What the page loads, by its address: the libraries as they are published, and its own modules, all without a build. */
const FILES: Readonly<Record<string, string>> = {
	'preact.mjs': 'node_modules/preact/dist/preact.mjs',
	'hooks.mjs': 'node_modules/preact/hooks/dist/hooks.mjs',
	'htm.mjs': 'node_modules/htm/dist/htm.mjs',
	'uplot.mjs': 'node_modules/uplot/dist/uPlot.esm.js',
	'uplot.css': 'node_modules/uplot/dist/uPlot.min.css',
	...Object.fromEntries(
		['window', 'html', 'actions', 'campaigns', 'profiles', 'steering', 'traffic', 'webhooks'].map((name) => [
			`${name}.mjs`,
			`sandbox/dashboard/client/${name}.mjs`,
		]),
	),
};

/**
 * Serves the page that people look at, GET /_sandbox/summary, which it asks for once a second, the pictures of codes (again, since those
 * of Voucherify would count as requests of the flows), and what its buttons do.
 */
export function registerDashboard(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
	app.get<{ Params: { name: string } }>('/files/:name', async ({ params: { name } }, reply) => {
		const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
		if (file === undefined) return await reply.code(404).send({ message: `There is no file ${name}.` });
		const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
		return await reply.type(`${type}; charset=utf-8`).send(await readFile(join(process.cwd(), file), 'utf8'));
	});
	app.get('/_sandbox/summary', () => summarize(sandbox));
	app.get('/_sandbox/window/events', () => OFFERED_EVENTS);
	registerAssets(app, sandbox.voucherify.state);
	registerActions(app, sandbox);
}
