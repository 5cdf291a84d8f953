import { parseArgs } from 'node:util';
import { type SandboxOptions, startSandbox } from './sandbox.mts';

const HELP = `Stand-ins of Voucherify and Braze on this machine, for demos and tests.

npm run sandbox -- [options]

  --voucherify-port N         default 4010; 0 takes any free port
  --braze-port N              default 4020
  --port N                    default 4000: the page to look at
  --customers N               customers at the start, default 100
  --codes N                   codes of the campaign "Newsletter Codes", default 1000
  --seed N                    decides on all ids, codes and keys, default 1
  --clock ISO                 instant at which the sandbox's clock starts, default now
  --latency MS                every answer comes this much later
  --voucherify-rate-limit N   requests a minute
  --braze-rate-limit N        requests a minute
  --rate-limit N              requests a minute, of each service
  --rate-window MS            what counts as a minute for these limits, default 60000
  --export-ms MS              how long an export of either service takes, default 300
  --async-ms MS               how long an asynchronous action of Voucherify takes, default 300
  --no-management             Voucherify's Management API answers 402, as without the Enterprise plan
  --duplicate-source-id MODE  return (default): the first publication again; refuse: 400 duplicate_source_id
  --voucherify-webhook URL    gets Voucherify's project webhooks
  --help

Prints one line of JSON with addresses and keys when ready. Ctrl-C ends it.
`;

const OPTIONS = {
	'voucherify-port': { type: 'string', default: '4010' },
	'braze-port': { type: 'string', default: '4020' },
	port: { type: 'string', default: '4000' },
	customers: { type: 'string' },
	codes: { type: 'string' },
	seed: { type: 'string' },
	clock: { type: 'string' },
	latency: { type: 'string' },
	'voucherify-rate-limit': { type: 'string' },
	'braze-rate-limit': { type: 'string' },
	'rate-limit': { type: 'string' },
	'rate-window': { type: 'string' },
	'export-ms': { type: 'string' },
	'async-ms': { type: 'string' },
	'duplicate-source-id': { type: 'string' },
	'voucherify-webhook': { type: 'string' },
	'no-management': { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

function readOptions(): SandboxOptions | undefined {
	const { values } = parseArgs({ options: OPTIONS });
	if (values.help) return undefined;
	const duplicates = values['duplicate-source-id'] ?? 'return';
	if (duplicates !== 'return' && duplicates !== 'refuse') {
		throw new Error('--duplicate-source-id should be return or refuse.');
	}
	const number = (name: Exclude<keyof typeof OPTIONS, 'help' | 'no-management'>): number | undefined => {
		const value = values[name];
		if (value === undefined) return undefined;
		if (!/^\d+$/.test(value)) throw new Error(`--${name} should be a whole number, not ${value}.`);
		return Number(value);
	};
	const port = (name: 'voucherify-port' | 'braze-port' | 'port'): number | undefined => {
		const value = number(name);
		if (value !== undefined && value > 65_535) throw new Error(`--${name} should be at most 65535.`);
		return value;
	};
	return {
		voucherifyPort: port('voucherify-port'),
		brazePort: port('braze-port'),
		dashboardPort: port('port'),
		customers: number('customers'),
		codes: number('codes'),
		seed: number('seed'),
		clock: readInstant(values.clock),
		latencyMs: number('latency'),
		voucherifyRateLimit: number('voucherify-rate-limit') ?? number('rate-limit'),
		brazeRateLimit: number('braze-rate-limit') ?? number('rate-limit'),
		rateWindowMs: number('rate-window'),
		exportMs: number('export-ms'),
		asyncMs: number('async-ms'),
		voucherifyManagement: !values['no-management'],
		duplicateSourceId: duplicates,
		voucherifyWebhook: readUrl(values['voucherify-webhook']),
	};
}

function readInstant(text: string | undefined): Date | undefined {
	if (text === undefined) return undefined;
	const instant = new Date(text);
	if (Number.isNaN(instant.getTime()))
		throw new Error(`--clock should be a date in ISO 8601 format, not ${text}.`);
	return instant;
}

function readUrl(text: string | undefined): string | undefined {
	if (text !== undefined && !URL.canParse(text))
		throw new Error(`--voucherify-webhook should be a URL, not ${text}.`);
	return text;
}

async function main(): Promise<void> {
	const options = readOptions();
	if (options === undefined) {
		process.stdout.write(HELP);
		return;
	}
	const sandbox = await startSandbox(options);
	const { url, applicationId, secretKey, webhookSecret } = sandbox.voucherify;
	const { managementId, managementToken, projectId } = sandbox.voucherify;
	const ready = {
		voucherify: {
			url,
			applicationId,
			secretKey,
			webhookSecret,
			managementId,
			managementToken,
			projectId,
		},
		braze: {
			url: sandbox.braze.url,
			apiKey: sandbox.braze.apiKey,
			webhookSecret: sandbox.braze.webhookSecret,
		},
		dashboard: sandbox.dashboard,
	};
	process.stdout.write(JSON.stringify(ready) + '\n');
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
