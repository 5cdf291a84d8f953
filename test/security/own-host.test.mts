import ts from 'typescript';
import { braze } from '../../nodes/Braze/transport';
import { isVoucherifyHost, voucherify } from '../../nodes/Voucherify/transport';
import { voucherifyOAuth2 } from '../../nodes/Voucherify/oauth2';
import { startServer, type Answer, type Received, type ScriptedServer } from '../nodes/scripted-server.mts';
import { accommodating } from './hostile-service.mts';
import { PUBLISHED_RUNS, runPublished, tracesIn } from './published-operations.mts';
import { findAll, publishedSources } from './source-files.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
let server: ScriptedServer;
let foreign: ScriptedServer;
let script: (request: Received) => Answer;
beforeAll(async () => {
	server = await startServer((request) => script(request));
	foreign = await startServer(() => ({ body: 'code\nCODE-1\n' }), '127.0.0.2');
});
beforeEach(() => {
	script = accommodating;
	server.received.length = 0;
	foreign.received.length = 0;
});
afterAll(async () => {
	await server.close();
	await foreign.close();
});

const exporting = PUBLISHED_RUNS.filter(({ operation }) =>
	/^export\.(exportToFile|download)$/.test(operation),
);

describe.each(['keys', 'oAuth2'] as const)('With %s, an export whose file lies', (authentication) => {
	/** Answers with an export that says where its file is, and gives the file itself. */
	const fileAt =
		(address: string, atOwn: Answer = { body: 'code\nCODE-1\n' }) =>
		(request: Received): Answer => {
			if (request.path.startsWith('/file')) return atOwn;
			const { body } = accommodating(request) as { body: object };
			return { body: { ...body, result: { url: address } } };
		};

	test.each(exporting.map((run) => [run.operation, run] as const))(
		'at a foreign host is fetched by %s without keys',
		async (_name, run) => {
			script = fileAt(`${foreign.url}/file?token=one-time`);
			const { error, items } = await runPublished(run, server.url, { authentication });
			expect([error, items.length]).toEqual([undefined, 1]);
			expect(foreign.received.length).toBe(1);
			expect(tracesIn(JSON.stringify(foreign.received))).toEqual([]);
			expect(Object.keys(foreign.received[0]?.headers ?? {})).not.toEqual(
				expect.arrayContaining([expect.stringMatching(/^x-app|authorization|cookie/)]),
			);
			tally.count('downloads from foreign hosts', 1);
		},
	);

	test.each(exporting.map((run) => [run.operation, run] as const))(
		'behind a redirect to a foreign host is fetched by %s without keys',
		async (_name, run) => {
			script = fileAt(`${server.url}/file`, {
				status: 302,
				headers: { location: `${foreign.url}/stored?token=one-time` },
			});
			const { error } = await runPublished(run, server.url, { authentication });
			expect(error).toBeUndefined();
			expect(foreign.received.length).toBe(1);
			expect(tracesIn(JSON.stringify(foreign.received))).toEqual([]);
			tally.count('downloads behind redirects', 1);
		},
	);

	test.each([
		'file:///etc/passwd',
		'ftp://127.0.0.2/x',
		'data:text/csv,code',
		'javascript:1',
		'gopher://127.0.0.2/',
	])('at %s is not fetched at all', async (address) => {
		for (const run of exporting) {
			script = fileAt(address);
			const { items, failed } = await runPublished(run, server.url, {
				authentication,
				onError: 'continueErrorOutput',
			});
			expect([items.length, failed.length]).toEqual([0, 1]);
			tally.count('downloads of other protocols', 1);
		}
	});
});

test('Only hosts below voucherify.io count as its own beside the one of the credential', () => {
	const own = [
		'api.voucherify.io',
		'dl.voucherify.io',
		'us1.api.voucherify.io',
		'voucherify.io',
		'API.Voucherify.IO',
	];
	const foreignHosts = [
		'voucherify.io.example.com',
		'evil-voucherify.io',
		'evilvoucherify.io',
		'voucherify.io:8443.example.com',
		'voucherify.io:8443',
		'voucherify.com',
		'.voucherify.io',
		'a..voucherify.io',
		'voucherify.io.',
		'a@voucherify.io',
		'a/voucherify.io',
		'voucherify.io\n',
		'',
	];
	expect(own.filter((host) => !isVoucherifyHost(host))).toEqual([]);
	expect(foreignHosts.filter(isVoucherifyHost)).toEqual([]);
	tally.count('names of hosts', own.length + foreignHosts.length);
});

test('The archive of a Braze segment is fetched without the key, wherever Braze says that it is', async () => {
	const run = PUBLISHED_RUNS.find(({ operation }) => operation === 'user.exportSegment');
	if (run === undefined) throw new Error('There is no such operation');
	for (const where of [server, foreign]) {
		const before = where.received.length;
		script = ({ path }) =>
			path.startsWith('/users/') ? { body: { url: `${where.url}/archive.zip?X-Amz-Signature=one` } } : {};
		await runPublished(run, server.url, { onError: 'continueErrorOutput' });
		const downloads = where.received.slice(before).filter(({ path }) => path.startsWith('/archive.zip'));
		expect(downloads.length).toBe(1);
		expect(tracesIn(JSON.stringify(downloads))).toEqual([]);
		tally.count('downloads from foreign hosts', downloads.length);
	}
});

test('No other operation downloads anything', () => {
	const downloads = publishedSources().filter((file) =>
		findAll(file, ts.isCallExpression).some(
			({ expression }) => ts.isPropertyAccessExpression(expression) && /^download/.test(expression.name.text),
		),
	);
	expect(downloads.map(({ path }) => path).sort()).toEqual([
		'nodes/Braze/resources/user/exportSegment.ts',
		'nodes/Voucherify/resources/export/exportFile.ts',
	]);
});

test('An address in an API call cannot lead away from the host of the credential', async () => {
	const elsewhere = [
		'//127.0.0.2/x',
		'/\\127.0.0.2/x',
		'http://127.0.0.2/x',
		'@127.0.0.2/x',
		'/..//127.0.0.2',
		'\\\\127.0.0.2',
	];
	for (const run of PUBLISHED_RUNS.filter(({ operation }) => operation === 'apiCall.send')) {
		for (const address of elsewhere) {
			const { failed } = await runPublished(run, server.url, {
				parameters: { ...run.parameters, path: address },
				onError: 'continueErrorOutput',
			});
			expect(failed.length).toBe(1);
			tally.count('addresses of API calls', 1);
		}
	}
	expect([server.received, foreign.received]).toEqual([[], []]);
});

test.each([
	['Voucherify', voucherify],
	['Voucherify with tokens', voucherifyOAuth2],
	['Braze', braze],
])(
	'A credential of %s whose address carries a name, a path or another protocol is refused',
	(_name, service) => {
		const addresses = [
			'http://user:password@127.0.0.1',
			'https://api.voucherify.io@127.0.0.2',
			'https://127.0.0.1/v1',
			'https://127.0.0.1?x',
			'file:///etc/passwd',
			'ftp://127.0.0.1',
			'127.0.0.1',
			'',
		];
		for (const baseUrl of addresses) {
			expect(() => service.connection({ region: 'custom', instance: 'custom', baseUrl })).toThrow(
				/not usable/,
			);
			tally.count('addresses of credentials', 1);
		}
	},
);
