import Fastify, { type FastifyInstance } from 'fastify';
import { registerBraze } from './braze/braze.mts';
import { brazeManners } from './braze/manners.mts';
import { BrazeState, type BrazeOptions } from './braze/state.mts';
import { Clock } from './common/clock.mts';
import { registerControl } from './common/control.mts';
import { Faults } from './common/faults.mts';
import { Random } from './common/random.mts';
import { RequestLog } from './common/request-log.mts';
import { createService, type ServiceContext } from './common/service.mts';
import { registerDashboard } from './dashboard/dashboard.mts';
import { registerVoucherifyControl } from './voucherify/control.mts';
import { voucherifyManners } from './voucherify/manners.mts';
import { VoucherifyState } from './voucherify/state.mts';
import { registerVoucherify } from './voucherify/voucherify.mts';

const HOST = '127.0.0.1';

/** How a sandbox is set up; everything has a default. */
export interface SandboxOptions {
	/** 0, the default, takes any free port. */
	readonly voucherifyPort?: number | undefined;
	readonly brazePort?: number | undefined;
	readonly dashboardPort?: number | undefined;
	/** Customers that Voucherify knows at the start; 100 by default. */
	readonly customers?: number | undefined;
	/** Codes of the large STATIC campaign; 1,000 by default. */
	readonly codes?: number | undefined;
	/** Decides on all ids, codes and keys; 1 by default. */
	readonly seed?: number | undefined;
	/** Where the clock starts; real time by default. */
	readonly clock?: Date | undefined;
	/** Every answer comes this much later. */
	readonly latencyMs?: number | undefined;
	/** Requests a minute; no limit by default. */
	readonly voucherifyRateLimit?: number | undefined;
	readonly brazeRateLimit?: number | undefined;
	/** Length of what counts as a minute for both limits. */
	readonly rateWindowMs?: number | undefined;
	/** What a repeated `source_id` of a publication gets: the first publication again (default) or 400 `duplicate_source_id`. */
	readonly duplicateSourceId?: 'return' | 'refuse' | undefined;
	/** How the Braze workspace differs from the default: limits, forms of headers, further keys. */
	readonly braze?: BrazeOptions | undefined;
	/** How long an export takes by the clock, of either service; 300 ms by default. */
	readonly exportMs?: number | undefined;
	/** How long an asynchronous action of Voucherify takes by the clock; 300 ms by default. */
	readonly asyncMs?: number | undefined;
	/** Whether Voucherify's plan includes the Management API, which it does by default; else it answers 402. */
	readonly voucherifyManagement?: boolean | undefined;
	/** A receiver of Voucherify's project webhooks that is there from the start. */
	readonly voucherifyWebhook?: string | undefined;
}

/** Both services and the dashboard, listening on loopback. */
export interface Sandbox {
	readonly voucherify: {
		readonly url: string;
		readonly applicationId: string;
		readonly secretKey: string;
		readonly webhookSecret: string;
		/** Keys of the Management API, and the project that they manage. */
		readonly managementId: string;
		readonly managementToken: string;
		readonly projectId: string;
		readonly state: VoucherifyState;
	};
	readonly braze: {
		readonly url: string;
		readonly apiKey: string;
		/** A text that webhook messages and Connected Content can carry, as receivers want one. */
		readonly webhookSecret: string;
		readonly state: BrazeState;
	};
	/** Address of the dashboard. */
	readonly dashboard: string;
	readonly clock: Clock;
	readonly faults: Faults;
	readonly log: RequestLog;
	/** Back to the seed: state, clock, faults, log and quotas. */
	reset(): void;
	/** Ends every connection and timer. */
	close(): Promise<void>;
}

/** Starts both services and the dashboard. Rejects with a one-line message when a port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const seed = options.seed ?? 1;
	const clock = new Clock(options.clock);
	const faults = new Faults();
	const log = new RequestLog();
	const { rateWindowMs } = options;
	const shared = { clock, faults, log, latencyMs: options.latencyMs ?? 0, rateWindowMs };
	const keys = keysFor(seed);
	const voucherifyState = new VoucherifyState({
		clock,
		seed,
		customers: options.customers ?? 100,
		codes: options.codes ?? 1_000,
		exportMs: options.exportMs ?? 300,
		asyncMs: options.asyncMs ?? 300,
		duplicateSourceId: options.duplicateSourceId ?? 'return',
		webhookSecret: keys.webhookSecret,
		hasManagement: options.voucherifyManagement ?? true,
		webhook: options.voucherifyWebhook,
	});
	const brazeState = new BrazeState(clock, seed, { exportMs: options.exportMs ?? 300, ...options.braze });

	const voucherifyContext: ServiceContext = { ...shared, rateLimit: options.voucherifyRateLimit };
	const voucherifyApp = createService(
		voucherifyContext,
		voucherifyManners(keys, {
			oauth: { refusal: (token, path) => voucherifyState.oauth.refusal(token, path) },
		}),
	);
	registerVoucherify(voucherifyApp, { state: voucherifyState });
	const brazeContext = {
		...shared,
		rateLimit: options.brazeRateLimit,
		state: brazeState,
		apiKey: brazeState.apiKey,
	};
	const brazeApp = createService(brazeContext, brazeManners(brazeContext));
	registerBraze(brazeApp, brazeContext);
	const dashboardApp = Fastify({ forceCloseConnections: true });
	const apps = [voucherifyApp, brazeApp, dashboardApp];

	const reset = (): void => {
		clock.reset();
		faults.clear();
		log.clear();
		voucherifyApp.rateLimit.reset();
		brazeApp.rateLimit.reset();
		voucherifyState.reset();
		brazeState.reset();
	};
	const close = async (): Promise<void> => {
		clock.close();
		voucherifyState.close();
		brazeState.close();
		await Promise.all(apps.map((app) => app.close()));
	};
	const quotas = () => ({
		voucherify: voucherifyApp.rateLimit.windows,
		braze: brazeApp.rateLimit.windows,
	});
	const snapshot = (latest: number) => ({
		voucherify: voucherifyState.snapshot(latest),
		braze: latest === Infinity ? brazeState.toJSON() : brazeState.summary(latest),
	});
	for (const app of apps) {
		registerControl(app, { clock, faults, log, reset, quotas, snapshot });
		registerVoucherifyControl(app, voucherifyState);
	}

	try {
		const voucherifyUrl = await listen(voucherifyApp, options.voucherifyPort);
		voucherifyState.url = voucherifyUrl;
		const brazeUrl = await listen(brazeApp, options.brazePort);
		const sandbox = {
			voucherify: {
				url: voucherifyUrl,
				applicationId: keys.applicationId,
				secretKey: keys.secretKey,
				webhookSecret: keys.webhookSecret,
				managementId: keys.managementId,
				managementToken: keys.managementToken,
				projectId: voucherifyState.webhooks.projectId,
				state: voucherifyState,
			},
			braze: {
				url: brazeUrl,
				apiKey: brazeState.apiKey,
				webhookSecret: keys.brazeWebhookSecret,
				state: brazeState,
			},
			dashboard: '',
			clock,
			faults,
			log,
			reset,
			close,
		};
		registerDashboard(dashboardApp, sandbox);
		sandbox.dashboard = await listen(dashboardApp, options.dashboardPort);
		return sandbox;
	} catch (error) {
		await close();
		throw error;
	}
}

function keysFor(seed: number) {
	const random = new Random(seed, 'keys');
	return {
		applicationId: random.uuid(),
		secretKey: random.uuid(),
		webhookSecret: random.id('', 32),
		managementId: random.uuid(),
		managementToken: random.uuid(),
		brazeWebhookSecret: random.id('', 32),
	};
}

async function listen(app: FastifyInstance, port = 0): Promise<string> {
	try {
		await app.listen({ host: HOST, port });
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
			throw new Error(
				`Port ${port} is taken by another program. Choose another one, or 0 for any free port.`,
				{
					cause: error,
				},
			);
		}
		throw error;
	}
	const address = app.server.address();
	if (address === null || typeof address === 'string') throw new Error('The sandbox listens on no port.');
	return `http://${HOST}:${address.port}`;
}
