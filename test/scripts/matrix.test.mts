import { readdirSync, readFileSync } from 'node:fs';
import { runsOn } from '../../scripts/start/node-runtime.mts';
import { resultTable, shareOf, typeNames, type PackageContents } from '../matrix/result.mts';
import { chosenReleases, RELEASES } from '../matrix/releases.mts';
import { TRIALS } from '../matrix/workflow-trials.mts';

describe('npm run test:matrix', () => {
	it('has a trial for every workflow, and none for a workflow that is not there', () => {
		const files = readdirSync('workflows').filter((file) => file.endsWith('.json'));
		expect(Object.keys(TRIALS).sort()).toEqual(files.sort());
	});

	it.each(RELEASES)('tries n8n $version on a Node.js that it runs on', ({ line, version, nodeMajor }) => {
		expect(version.startsWith(`${line}.`)).toBe(true);
		expect(runsOn(version, `v${nodeMajor}.99.0`)).toBe(true);
	});

	it('tries the oldest Node.js that the package is for', () => {
		const { engines }: { engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
		const oldest = Math.min(...RELEASES.map(({ nodeMajor }) => nodeMajor));
		expect(engines.node).toBe(`>=${oldest}`);
	});

	it('takes all releases, or those that --only names, and refuses others with what there is', () => {
		expect(chosenReleases([])).toBe(RELEASES);
		expect(chosenReleases(['2.8']).map(({ line }) => line)).toEqual(['2.8']);
		expect(() => chosenReleases(['2.8', '2.9'])).toThrow(/no n8n "2\.9".*--only takes 1\.123, 2\.8/);
	});

	it('calls what is in the package as its files call themselves', () => {
		const { n8n }: { n8n: PackageContents } = JSON.parse(readFileSync('package.json', 'utf8'));
		const files = [...n8n.nodes, ...n8n.credentials];
		const named = files.map((file) => {
			const source = readFileSync(file.replace(/^dist\/(.*)\.js$/, '$1.ts'), 'utf8');
			return /^\s+name(?: =|:) '(\w+)'/m.exec(source)?.[1];
		});
		expect(named).not.toContain(undefined);
		expect(typeNames(files)).toEqual(named);
	});

	it('counts what n8n knows of what it should, and nothing else', () => {
		expect(shareOf(['p.a', 'p.b'], ['p.b', 'p.bTool', 'q.a'])).toEqual({ done: 1, all: 2 });
	});

	it('has been run with the releases that README.md names', () => {
		const [, section = ''] =
			/<!-- versions of n8n -->([^]*?)<!-- end -->/.exec(readFileSync('README.md', 'utf8')) ?? [];
		const rows = [...section.matchAll(/^\| (\d[\d.]+) \| (\d+)/gm)];
		expect(rows.map(([, version, major]) => [version, Number(major)])).toEqual(
			RELEASES.map(({ version, nodeMajor }) => [version, nodeMajor]),
		);
	});

	it('prints a row for each release', () => {
		const share = { done: 4, all: 4 };
		const workflows = { done: 14, all: 15 };
		const result = { n8n: '2.8.4', node: '20.20.2', nodes: share, credentials: share, workflows };
		expect(resultTable([result]).split('\n')).toEqual([
			'| n8n | Node.js | node types | credential types | workflows that did what they promise |',
			'|---|--:|--:|--:|--:|',
			'| 2.8.4 | 20.20.2 | 4 of 4 | 4 of 4 | 14 of 15 |',
		]);
	});
});
