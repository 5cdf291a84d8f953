import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packProject } from '../../scripts/package-tarball.mts';
import { run, runNpm } from '../../scripts/child-process.mts';
import { PROJECT } from './source-files.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'installed-'));
	const built = await stat(join(PROJECT, 'dist')).catch(() => undefined);
	if (built === undefined) await runNpm(['run', 'build'], { cwd: PROJECT });
	const tarball = await packProject(PROJECT, join(folder, 'packed'));
	await writeFile(
		join(folder, 'package.json'),
		'{"name": "somebodys-n8n", "version": "1.0.0", "private": true}',
	);
	// n8n is there already where the package is installed, and gives it n8n-workflow.
	const args = ['install', tarball.file, '--omit=peer', '--omit=dev', '--legacy-peer-deps', '--offline'];
	const { code, output } = await runNpm([...args, '--ignore-scripts', '--no-audit', '--no-fund'], {
		cwd: folder,
	});
	if (code !== 0) throw new Error(output);
}, 120_000);
afterAll(async () => await rm(folder, { recursive: true, force: true }));

interface Lock {
	readonly packages: Readonly<
		Record<string, { readonly dependencies?: object; readonly hasInstallScript?: boolean }>
	>;
}

test('Who installs the package gets it alone: nothing from a registry, no script, nothing to audit', async () => {
	const there = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));
	expect(there).toEqual(['n8n-nodes-voucherify-braze']);
	const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as Lock;
	expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/n8n-nodes-voucherify-braze']);
	const [, installed] = Object.values(lock.packages);
	expect(installed?.dependencies).toBeUndefined();
	expect(installed?.hasInstallScript).toBeUndefined();
	tally.count('packages beside our own', there.length - 1);
});

test('npm misses nothing in what was installed but n8n-workflow, which n8n itself is', async () => {
	const { stdout } = await runNpm(['ls', '--all', '--json'], { cwd: folder });
	const listed = JSON.parse(stdout) as { readonly problems?: readonly string[] };
	expect(listed.problems).toEqual([
		expect.stringMatching(/^missing: n8n-workflow@\*, required by n8n-nodes-/),
	]);
});

test('npm audit asks about no package but our own', async () => {
	const asked: string[] = [];
	// A registry that knows of no problem: what counts is what it is asked about.
	const registry = createServer((request, response) => {
		const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
		void text(body).then((question) => {
			asked.push(...Object.keys(JSON.parse(question) as object));
			response.setHeader('content-type', 'application/json').end('{}');
		});
	});
	registry.listen(0, '127.0.0.1');
	await once(registry, 'listening');
	try {
		const { port } = registry.address() as AddressInfo;
		const args = ['audit', '--omit=dev', '--json', `--registry=http://127.0.0.1:${port}`];
		const { code, stdout } = await runNpm(args, { cwd: folder });
		const report = JSON.parse(stdout) as { readonly vulnerabilities: object };
		expect([code, report.vulnerabilities]).toEqual([0, {}]);
		expect(asked).toEqual(['n8n-nodes-voucherify-braze']);
	} finally {
		registry.close();
	}
});

test('What was installed holds no key of anybody, and no path of the machine that built it', async () => {
	const paths = await readdir(join(folder, 'node_modules/n8n-nodes-voucherify-braze'), {
		recursive: true,
		withFileTypes: true,
	});
	const files = paths.filter((entry) => entry.isFile());
	const patterns = [
		'/home/',
		'/root/',
		process.cwd(),
		'BEGIN .*PRIVATE KEY',
		'npm_[A-Za-z0-9]{36}',
		'gh[ps]_[A-Za-z0-9]{36}',
		'AKIA[0-9A-Z]{16}',
	];
	const { stdout } = await run('grep', [
		'-rlE',
		patterns.join('|'),
		join(folder, 'node_modules/n8n-nodes-voucherify-braze'),
	]);
	expect(stdout.trim()).toBe('');
	expect(files.length).toBeGreaterThan(100);
	tally.count('installed files', files.length);
});
