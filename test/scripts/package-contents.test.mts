import { lockFileFindings, packageFindings } from '../../scripts/checks/package-contents.mts';

const manifest = { n8n: { nodes: ['dist/nodes/A/A.node.js'], credentials: [] } };
const sources = ['nodes/A/A.node.ts', 'nodes/A/a.svg'];
const paths = [
	'package.json',
	'README.md',
	'LICENSE',
	'index.js',
	'dist/nodes/A/A.node.js',
	'dist/nodes/A/a.svg',
];

describe('the published package', () => {
	it('may hold the built nodes, their icons, and the four files at the top', () => {
		expect(packageFindings({ size: 300 * 1024, paths }, manifest, sources)).toEqual([]);
	});

	it('is at most 300 KB', () => {
		expect(packageFindings({ size: 300 * 1024 + 1, paths }, manifest, sources)).toHaveLength(1);
	});

	it.each(['scripts/start.mjs', 'nodes/A/A.node.ts', '.npmrc'])('does not hold %s', (path) => {
		expect(packageFindings({ size: 1, paths: [...paths, path] }, manifest, sources)).toEqual([
			`${path} must not be published.`,
		]);
	});

	it.each([
		'dist/nodes/A/A.node.js.map',
		'dist/nodes/A/A.node.d.ts',
		'dist/tsconfig.tsbuildinfo',
		'dist/nodes/A/A.test.js',
	])('does not hold %s', (path) => {
		expect(packageFindings({ size: 1, paths: [...paths, path] }, manifest, sources)).toEqual([
			`${path} is of no use to n8n and must not be published.`,
		]);
	});

	it('holds no file whose source is gone', () => {
		expect(
			packageFindings({ size: 1, paths: [...paths, 'dist/nodes/B/B.node.js'] }, manifest, sources),
		).toEqual(['dist/nodes/B/B.node.js has no source: build again.']);
	});

	it('holds every node that package.json names', () => {
		const without = paths.filter((path) => path !== 'dist/nodes/A/A.node.js');
		expect(packageFindings({ size: 1, paths: without }, manifest, sources)).toEqual([
			'dist/nodes/A/A.node.js is missing from the package.',
		]);
	});

	it('has no runtime dependencies', () => {
		expect(
			packageFindings({ size: 1, paths }, { ...manifest, dependencies: { axios: '1' } }, sources),
		).toHaveLength(1);
		expect(packageFindings({ size: 1, paths }, { ...manifest, dependencies: {} }, sources)).toEqual([]);
	});
});

describe('the lock file', () => {
	const lock = (packages: object) => lockFileFindings(JSON.stringify({ packages }));

	it('names no host', () => {
		expect(lock({ 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } })).toHaveLength(1);
		expect(lock({ 'node_modules/a': {}, 'node_modules/b': { resolved: '../b', link: true } })).toEqual([]);
	});

	it('lists the optional packages of every platform, wherever npm hoisted them', () => {
		const optionalDependencies = { 'a-win32': '1.0.0' };
		const parent = 'node_modules/x/node_modules/a';
		expect(lock({ [parent]: { optionalDependencies } })).toHaveLength(1);
		for (const place of [
			'node_modules/a-win32',
			'node_modules/x/node_modules/a-win32',
			`${parent}/node_modules/a-win32`,
		]) {
			expect(lock({ [parent]: { optionalDependencies }, [place]: {} })).toEqual([]);
		}
	});
});
