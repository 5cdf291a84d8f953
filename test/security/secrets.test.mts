import { loggerOfN8n, type NodeRun } from '../nodes/n8n.mts';
import { startServer, type Answer, type Received, type ScriptedServer } from '../nodes/scripted-server.mts';
import { accommodating, echoOf } from './hostile-service.mts';
import {
	allOf,
	PUBLISHED_RUNS,
	publishedOperations,
	runPublished,
	tracesIn,
	type PublishedRun,
} from './published-operations.mts';
import { Tally } from './tally.mts';

// Before n8n's engine is loaded, which takes it from here once.
process.env.N8N_LOG_LEVEL = 'debug';

const tally = new Tally();
let foreign: ScriptedServer;
/** A service for each way, so that all can be tried at once: operations that ask until something is done wait in between. */
const services: Service[] = [];
/** What n8n writes into its log. */
const log: string[] = [];

interface Service {
	readonly way: string;
	readonly server: ScriptedServer;
	readonly answer: (request: Received) => Answer;
	/** Which request it starts with to answer like that, from 0. */
	failing: number;
	sent: number;
}

beforeAll(async () => {
	foreign = await startServer(() => ({ body: 'code\nCODE-1\n' }), '127.0.0.2');
	for (const [way, answer] of WAYS) {
		const server = await startServer((request) => {
			const service = services.find((one) => one.way === way);
			return service === undefined || service.sent++ < service.failing
				? accommodating(request)
				: answer(request);
		});
		services.push({ way, server, answer, failing: 0, sent: 0 });
	}
	const logger = await loggerOfN8n();
	for (const level of ['error', 'warn', 'info', 'debug'] as const) {
		const value = (...said: unknown[]) => log.push(said.map((one) => allOf(one)).join(' '));
		Object.defineProperty(logger, level, { value });
	}
});
afterAll(async () => {
	await Promise.all(
		[foreign, ...services.map(({ server }) => server)].map(async (server) => await server.close()),
	);
});
beforeEach(() => {
	log.splice(0);
	foreign.received.length = 0;
});

test.each(['Voucherify', 'Braze'] as const)('Every published operation of the %s node is tried', (node) => {
	const tried = new Set(PUBLISHED_RUNS.filter((run) => run.node === node).map(({ operation }) => operation));
	const published = publishedOperations(node).map(({ name }) => name);
	expect(published.filter((name) => !tried.has(name))).toEqual([]);
	expect([...tried].filter((name) => !published.includes(name))).toEqual([]);
});

/** What services do with the keys that they were sent. */
const WAYS: ReadonlyArray<readonly [string, (request: Received) => Answer]> = [
	[
		'401 that echoes',
		(request) => ({ status: 401, body: { ...echoOf(request), message: echoOf(request).plain } }),
	],
	[
		'400 that echoes',
		(request) => ({
			status: 400,
			body: { message: echoOf(request).html, key: echoOf(request).plain, details: echoOf(request).base64 },
		}),
	],
	[
		'500 that echoes in JSON',
		(request) => ({ status: 500, body: { error: echoOf(request).url, errors: [echoOf(request)] } }),
	],
	[
		'500 that echoes in a page',
		(request) => ({ status: 500, body: `<p>${Object.values(echoOf(request)).join('</p><p>')}</p>` }),
	],
	['a page that should have been JSON', (request) => ({ body: `<p>${echoOf(request).plain ?? ''}</p>` })],
	[
		'a redirect to a foreign host',
		(request) => ({
			status: 307,
			headers: { location: `${foreign.url}${request.path}` },
			body: echoOf(request),
		}),
	],
	[
		'a redirect that echoes',
		(request) => ({
			status: 302,
			headers: { location: `${foreign.url}/?said=${echoOf(request).url ?? ''}` },
		}),
	],
];

const offline = new Set(
	(['Voucherify', 'Braze'] as const).flatMap((node) =>
		publishedOperations(node).flatMap(({ name, offline: sendsNothing }) =>
			sendsNothing ? [`${node} ${name}`] : [],
		),
	),
);
const online = PUBLISHED_RUNS.filter(({ node, operation }) => !offline.has(`${node} ${operation}`));

/** Whatever a run leaves behind for people to see: its data, hints and errors, also in what n8n stores. */
async function seenOf({ run, error, hints, items, failed }: NodeRun): Promise<string> {
	const { stringify } = await import('flatted');
	return [stringify(run), allOf(error), JSON.stringify(hints), allOf(items), allOf(failed)].join('\n');
}

describe('Of services that give away the keys they were sent, nobody gets to see one:', () => {
	test.each(online.map((run) => [`${run.node} ${run.name}`, run] as const))('%s', async (_name, run) => {
		const tried = await Promise.all(services.map(async (service) => await exposed(run, service)));
		for (const { way, requests, shown } of tried) tally.count(`secrets: ${way}`, requests, shown.length);
		expect(tried.filter(({ requests, shown }) => requests === 0 || shown.length > 0)).toEqual([]);
		expect(tracesIn(log.splice(0).join('\n'))).toEqual([]);
		expect(foreign.received).toEqual([]);
	});
});

/** Lets the first request of an operation fail, then its second and so on, and tells where a secret shows. */
async function exposed(run: PublishedRun, service: Service) {
	const shown: unknown[] = [];
	let requests = 0;
	for (let failing = 0, more = true; more && failing < 4; failing++) {
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			Object.assign(service, { failing, sent: 0 });
			const result = await runPublished(run, service.server.url, { onError });
			more = service.sent > failing;
			if (!more) break;
			requests++;
			const traces = tracesIn(await seenOf(result));
			if (traces.length > 0) shown.push({ failing, onError, traces });
		}
	}
	return { way: service.way, requests, shown };
}
