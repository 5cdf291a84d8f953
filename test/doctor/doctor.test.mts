import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.mts';
import { runDoctor } from '../../scripts/doctor/doctor.mts';
import { type CredentialData, sandboxServices } from '../../scripts/start/connection.mts';
import { type Answer, startServer } from '../nodes/scripted-server.mts';

const CAMPAIGN = 'Newsletter Codes';

let sandbox: Sandbox;
const start = async (options: SandboxOptions = {}) => (sandbox = await startSandbox(options));
afterEach(() => sandbox.close());

/** What the doctor prints about a sandbox, and its exit code. */
async function examined(
	change: { voucherifyApi?: Record<string, string>; brazeApi?: Record<string, string> } = {},
	campaign?: string,
) {
	const own = sandboxServices(sandbox);
	const credentials: CredentialData = {
		voucherifyApi: { ...own.voucherifyApi, ...change.voucherifyApi },
		brazeApi: { ...own.brazeApi, ...change.brazeApi },
	};
	const lines: string[] = [];
	const code = await runDoctor(credentials, campaign, (line) => lines.push(line));
	return { code, report: lines.join('\n'), credentials };
}

const changes = () =>
	sandbox.log
		.entries()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.split('?')[0]}`);

test('a sandbox as it comes holds everything that the nodes assume', async () => {
	await start();
	const { code, report } = await examined();
	expect(report).not.toContain('✗');
	expect(report).not.toContain('≠');
	expect(code).toBe(0);
});

test('without consent nothing is published, made or changed, and what was made is gone', async () => {
	await start();
	const before = sandbox.voucherify.state.snapshot(Infinity);
	const { report } = await examined();
	expect(report).toContain('--with-publication');
	expect(sandbox.voucherify.state.snapshot(Infinity)).toEqual(before);
	expect(sandbox.braze.state.profiles.size).toBe(0);
	const sentToBraze = sandbox.log
		.entries()
		.filter(({ service, method }) => service === 'braze' && method !== 'GET');
	expect(sentToBraze.length).toBeGreaterThan(10);
	for (const { status } of sentToBraze) expect([400, 404]).toContain(status);
	expect(sandbox.braze.state.counters).toMatchObject({ attributes: 0, events: 0, purchases: 0 });
	expect(changes()).not.toContain('POST /v1/publications');
	expect(changes().filter((change) => change.startsWith('DELETE'))).toEqual([
		expect.stringMatching(/^DELETE \/v1\/exports\/exp_/),
	]);
	expect(changes().filter((change) => /delete|merge|send/.test(change))).toEqual([]);
});

describe('a publication that is repeated', () => {
	test('gives the first code again: one code is taken, and the customer is gone', async () => {
		await start();
		const { customers } = sandbox.voucherify.state;
		const known = customers.count;
		const { code, report } = await examined({}, CAMPAIGN);
		expect(report).toContain('A repeated source_id gives the first code again.');
		expect(code).toBe(0);
		expect(sandbox.voucherify.state.publications.count).toBe(1);
		expect(customers.count).toBe(known);
	});

	test('is refused: the nodes fetch the first code, and the report says what differs', async () => {
		await start({ duplicateSourceId: 'refuse' });
		const { code, report } = await examined({}, CAMPAIGN);
		expect(report).toContain('≠ A repeated source_id is refused as duplicate_source_id');
		expect(report).toContain('--duplicate-source-id refuse');
		expect(code).toBe(0);
	});

	test('cannot be tried where the campaign is missing', async () => {
		await start();
		const { code, report } = await examined({}, 'No such campaign');
		expect(report).toContain('? No code could be published: status 404');
		expect(code).toBe(0);
	});

	test('is forgotten also when the answer to it is lost', async () => {
		await start();
		const known = sandbox.voucherify.state.customers.count;
		sandbox.faults.add({
			service: 'voucherify',
			path: '/v1/publications',
			method: 'POST',
			kind: 'reset',
			when: 'after',
		});
		expect((await examined({}, CAMPAIGN)).report).toContain('? No code could be published');
		expect(sandbox.voucherify.state.customers.count).toBe(known);
	});
});

describe('rate limits', () => {
	test.each(['epoch', 'seconds left'] as const)('are read from Braze as %s', async (rateLimitHeaders) => {
		await start({ brazeRateLimit: 10_000, voucherifyRateLimit: 100, braze: { rateLimitHeaders } });
		const { code, report } = await examined();
		expect(report).toContain('x-ratelimit-reset');
		expect(report).toContain('100 calls a minute, as in the plan "Business"');
		expect(report.match(/It starts anew within a minute/g)).toHaveLength(2);
		expect(code).toBe(0);
	});

	test('of an hour come with the longest wait to set', async () => {
		await start({ voucherifyRateLimit: 100, rateWindowMs: 3_600_000, clock: new Date(hourStart() + 60_000) });
		const { report } = await examined();
		expect(report).toContain('this is a Sandbox project');
		expect(report).toMatch(/set Request Settings → Longest Wait \(Seconds\) to \d+ or more/);
	});

	test('that are used up end the examination with what the service says', async () => {
		await start({ brazeRateLimit: 0, braze: { rateLimitHeaders: 'retry after' } });
		const { code, report } = await examined();
		expect(report).toContain('Braze could not be examined: status 429, The rate limit of Braze is used up');
		expect(code).toBe(1);
	});
});

/** The present hour of this machine, which the header is compared with. */
function hourStart(): number {
	return Math.floor(Date.now() / 3_600_000) * 3_600_000;
}

test.each([
	['50 combined', 'Set Options → Objects per Request to 50'],
	['75 per array', 'Set Options → Objects per Request to 75 of Each Kind'],
] as const)(
	'a contract with %s objects is told apart, with the option to set',
	async (objectLimit, advice) => {
		await start({ braze: { objectLimit } });
		const { code, report } = await examined();
		expect(report).toContain(advice);
		expect(code).toBe(0);
	},
);

describe('keys', () => {
	test('a key with users.track alone is enough, and what it lacks is listed', async () => {
		await start();
		const { code, report } = await examined({ brazeApi: { apiKey: sandbox.braze.state.trackOnlyKey } });
		expect(report).toContain('The key may do: users.track.');
		expect(report).toContain('≠ The key lacks campaigns.list, which is needed for: lists of campaigns.');
		expect(code).toBe(0);
	});

	test('a key without users.track contradicts what every flow needs', async () => {
		const key = 'key-that-may-only-list-campaigns';
		await start({ braze: { keys: [{ key, permissions: ['campaigns.list'] }] } });
		const { code, report } = await examined({ brazeApi: { apiKey: key } });
		expect(report).toContain('✗ The key works, and lacks the permission users.track');
		expect(report).toContain('The key may do: campaigns.list.');
		expect(code).toBe(1);
	});

	test('wrong keys are told, and never shown, although Braze repeats them', async () => {
		await start();
		const apiKey = 'wrong-key-0123456789';
		const secretKey = 'wrong-secret-0123456789';
		const { code, report } = await examined({ brazeApi: { apiKey }, voucherifyApi: { secretKey } });
		expect(report).toContain('✗ Braze does not know these keys at this address.');
		expect(report).toContain('✗ Voucherify does not know these keys at this address.');
		expect(report).not.toContain(apiKey);
		expect(report).not.toContain(secretKey);
		expect(code).toBe(1);
	});

	test('no secret is printed, whatever is found', async () => {
		await start({ duplicateSourceId: 'refuse', brazeRateLimit: 10_000, voucherifyRateLimit: 100 });
		const { report, credentials } = await examined({}, CAMPAIGN);
		const { secretKey, webhookSecret } = credentials.voucherifyApi;
		for (const secret of [secretKey, webhookSecret, credentials.brazeApi.apiKey]) {
			expect(secret).toBeTruthy();
			expect(report).not.toContain(secret);
		}
		expect(report).not.toMatch(/token=[^[]/);
	});
});

describe('addresses', () => {
	const withServer = async (answer: Answer, use: (url: string) => Promise<void>): Promise<void> => {
		const server = await startServer(() => answer);
		try {
			await use(server.url);
			expect(server.received).toHaveLength(2);
		} finally {
			await server.close();
		}
	};
	const both = (baseUrl: string) => examined({ voucherifyApi: { baseUrl }, brazeApi: { baseUrl } });

	test('a host that is down is named with the reason', async () => {
		await start();
		const server = await startServer(() => ({}));
		await server.close();
		const { code, report } = await both(server.url);
		expect(report).toContain('✗ Voucherify could not be reached at');
		expect(report).toContain('✗ Braze could not be reached at');
		expect(report).toContain('nothing listens there');
		expect(code).toBe(1);
	});

	test('a redirect is told with where it goes to, and the keys do not go there', async () => {
		await start();
		await withServer(
			{ status: 301, headers: { location: `${sandbox.braze.url}/elsewhere` } },
			async (url) => {
				const { code, report } = await both(url);
				expect(report).toContain(
					`✗ The address answers with a redirect to ${sandbox.braze.url} (status 301)`,
				);
				expect(code).toBe(1);
				expect(sandbox.log.entries()).toEqual([]);
			},
		);
	});

	test('a page instead of an API is told', async () => {
		await start();
		await withServer({ body: '<!doctype html><p>Welcome' }, async (url) => {
			const { code, report } = await both(url);
			expect(report).toContain('The address does not answer like Voucherify');
			expect(report).toContain('The address does not answer like Braze');
			expect(code).toBe(1);
		});
	});
});

test('a file that opens only with the keys, or not with them, is told apart', async () => {
	await start();
	const download = {
		service: 'voucherify',
		path: '/token=/',
		kind: 'status',
		status: 403,
		times: 1,
	} as const;
	sandbox.faults.add({ ...download, skip: 1 });
	const onlyWith = await examined();
	expect(onlyWith.report).toContain('≠ The file opens only with the keys, which the nodes send.');
	expect(onlyWith.code).toBe(0);
	sandbox.faults.clear();
	sandbox.faults.add(download);
	const onlyWithout = await examined();
	expect(onlyWithout.report).toContain('✗ The file does not open with the keys');
	expect(onlyWithout.report).toContain("n8n's HTTP Request");
	expect(onlyWithout.code).toBe(1);
});

test('an unknown sentence about a request without objects is a contradiction', async () => {
	await start();
	const body = { message: 'Nothing to do here' };
	sandbox.faults.add({ service: 'braze', path: '/users/track', kind: 'status', status: 400, body, times: 1 });
	const { code, report } = await examined();
	expect(report).toContain('✗ A track request without objects is answered differently');
	expect(report).toContain('Nothing to do here');
	expect(code).toBe(1);
});

test('a service that breaks down halfway leaves questions open, and the report whole', async () => {
	await start();
	sandbox.faults.add({ service: 'braze', kind: 'reset', skip: 1 });
	sandbox.faults.add({ service: 'voucherify', kind: 'reset', skip: 1 });
	const { code, report } = await examined({}, CAMPAIGN);
	expect(report).toContain('? No clear answer about: users.track');
	expect(report).toContain('? No export could be made');
	expect(report).toContain('not found out');
	expect(code).toBe(0);
});

describe('the command', () => {
	let child: ChildProcess | undefined;
	afterEach(() => child?.kill());
	const run = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
		(child = spawn(process.execPath, ['scripts/doctor.mjs', ...args], {
			env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		}));
	const outcome = async (child: ChildProcess) => {
		const read = (stream: ChildProcess['stdout']) => (stream === null ? '' : text(stream));
		const [out, err, [code]] = await Promise.all([
			read(child.stdout),
			read(child.stderr),
			once(child, 'exit'),
		]);
		return { out, err, code };
	};

	test('examines the services that the environment names', async () => {
		await start();
		const { voucherify, braze } = sandbox;
		const { out, code } = await outcome(
			run([], {
				VOUCHERIFY_API_URL: voucherify.url,
				VOUCHERIFY_APP_ID: voucherify.applicationId,
				VOUCHERIFY_SECRET_KEY: voucherify.secretKey,
				BRAZE_API_URL: braze.url,
				BRAZE_API_KEY: braze.apiKey,
			}),
		);
		expect(out).toContain(`Braze at ${braze.url}`);
		expect(code).toBe(0);
	});

	test('says what to set where the environment names nothing, and asks nobody', async () => {
		await start();
		const { err, code } = await outcome(run([]));
		expect(err).toContain('Set VOUCHERIFY_APP_ID, VOUCHERIFY_SECRET_KEY, BRAZE_API_KEY and BRAZE_API_URL');
		expect(code).toBe(1);
	});

	test('shows itself on a sandbox of its own, and ends it', async () => {
		await start();
		const { out, code } = await outcome(run(['--sandbox']));
		expect(out).toContain('✓ The keys work');
		expect(code).toBe(0);
	});
});
