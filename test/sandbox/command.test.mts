import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import axios from 'axios';
import { FREE_PORTS } from '../../scripts/start/sandbox-process.mts';

interface Ready {
	readonly voucherify: {
		url: string;
		applicationId: string;
		secretKey: string;
		webhookSecret: string;
		managementId: string;
		managementToken: string;
		projectId: string;
	};
	readonly braze: { url: string; apiKey: string };
	readonly dashboard: string;
}

/** Starts the command as `npm run sandbox` does. */
function start(
	...options: string[]
): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
	return spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.mts', ...options], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

/** The whole output and the exit code of a command that ends by itself. */
async function outcome(command: ReturnType<typeof start>) {
	const [out, err, [code]] = await Promise.all([
		text(command.stdout),
		text(command.stderr),
		once(command, 'exit'),
	]);
	return { out, err, code };
}

async function firstLine(command: ReturnType<typeof start>): Promise<string> {
	let read = '';
	for await (const chunk of command.stdout) {
		read += String(chunk);
		if (read.includes('\n')) break;
	}
	return read;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
	'it prints one line of JSON, both services and the page answer, and %s ends it cleanly',
	async (signal) => {
		const command = start(...FREE_PORTS, '--customers', '7', '--codes', '5', '--seed', '3');
		const errors = text(command.stderr);
		const line = await firstLine(command);
		expect(line).toMatch(/^\{.*\}\n$/);
		const ready: Ready = JSON.parse(line);
		const { url, applicationId, secretKey, webhookSecret } = ready.voucherify;
		expect(webhookSecret.length).toBeGreaterThan(10);
		const headers = { 'X-App-Id': applicationId, 'X-App-Token': secretKey };
		expect((await axios.get(`${url}/v1/customers`, { headers })).data.total).toBe(7);
		const { data: campaign } = await axios.get(`${url}/v1/campaigns/Newsletter%20Codes`, { headers });
		expect(campaign.vouchers_count).toBe(5);
		const { managementId, managementToken, projectId } = ready.voucherify;
		const { data: project } = await axios.get(`${url}/management/v1/projects/${projectId}`, {
			headers: { 'X-Management-Id': managementId, 'X-Management-Token': managementToken },
		});
		expect(project.webhook_token).toBe(webhookSecret);
		const authorization = { Authorization: `Bearer ${ready.braze.apiKey}` };
		expect((await axios.get(`${ready.braze.url}/campaigns/list`, { headers: authorization })).status).toBe(
			200,
		);
		expect((await axios.get(ready.dashboard)).status).toBe(200);
		command.kill(signal);
		const [code, killedBy] = await once(command, 'exit');
		expect([code, killedBy, await errors]).toEqual([0, null, '']);
		await expect(axios.get(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	},
);

test('a taken port is said in one line, and nothing else is left running', async () => {
	const squatter = createServer().listen(0, '127.0.0.1');
	await once(squatter, 'listening');
	const address = squatter.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	const command = start('--voucherify-port', '0', '--braze-port', String(port), '--port', '0');
	const { out, err, code } = await outcome(command);
	squatter.close();
	expect([out, code]).toEqual(['', 1]);
	expect(err.trim().split('\n')).toHaveLength(1);
	expect(err).toContain(`Port ${port} is taken`);
});

test.each([
	[['--customers', 'many'], '--customers should be a whole number, not many.'],
	[['--port', '70000'], '--port should be at most 65535.'],
	[['--clock', 'noon'], '--clock should be a date in ISO 8601 format, not noon.'],
	[['--duplicate-source-id', 'maybe'], '--duplicate-source-id should be return or refuse.'],
	[['--voucherify-webhook', 'here'], '--voucherify-webhook should be a URL, not here.'],
	[['--nonsense'], "Unknown option '--nonsense'"],
])('options %j are refused with a reason', async (options, reason) => {
	const { out, err, code } = await outcome(start(...FREE_PORTS, ...options));
	expect([out, code]).toEqual(['', 1]);
	expect(err).toContain(reason);
	expect(err.trim().split('\n')).toHaveLength(1);
});

test('--help names every option', async () => {
	const { out, code } = await outcome(start('--help'));
	expect(code).toBe(0);
	for (const name of [
		'voucherify-port',
		'braze-port',
		'port',
		'customers',
		'codes',
		'seed',
		'clock',
		'latency',
	]) {
		expect(out).toContain(`--${name} `);
	}
});
