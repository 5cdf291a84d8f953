import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { resources as braze } from '../../nodes/Braze/resources';
import { resources as voucherify } from '../../nodes/Voucherify/resources';
import { SERVICE_VARIABLES } from '../../scripts/start/connection.mts';
import {
	anchorsOf,
	linksOf,
	nodesOf,
	PAGES,
	paper,
	PAPERS,
	variablesIn,
	WORKFLOWS,
	type Paper,
} from './papers.mts';
import { textsOfNodes, withoutField } from './source-texts.mts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The npm scripts that a page tells people to run. */
const scriptsIn = (text: string) =>
	[...text.matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)].map(([, run, own]) => run ?? own ?? '');

/** Each page that says something wrong, with what. */
function wrong(papers: readonly Paper[], findings: (paper: Paper) => readonly string[]): string[] {
	return papers.flatMap((page) => findings(page).map((finding) => `${page.path}: ${finding}`));
}

describe('Every link in the papers', () => {
	test('leads to a file that is there', () => {
		expect(PAPERS.flatMap(linksOf).length).toBeGreaterThan(80);
		expect(
			wrong(PAPERS, (page) => linksOf(page).flatMap(({ file }) => (existsSync(file) ? [] : [file]))),
		).toEqual([]);
	});

	test('with a heading leads to a heading of that page', () => {
		const anchored = PAPERS.flatMap(linksOf).filter(({ anchor }) => anchor !== '');
		expect(anchored.length).toBeGreaterThan(2);
		expect(anchored.filter(({ file, anchor }) => !anchorsOf(readFileSync(file, 'utf8')).has(anchor))).toEqual(
			[],
		);
	});

	test('to the web is a whole https address', () => {
		const links = PAPERS.flatMap(({ text }) => [...text.matchAll(/\]\((https?:[^)]*)\)/g)]);
		expect(
			links.map(([, url = '']) => url).filter((url) => !/^https:/.test(url) || !URL.canParse(url)),
		).toEqual([]);
	});
});

describe('Every command in the papers', () => {
	test('is a script of package.json', () => {
		expect(PAGES.flatMap(({ text }) => scriptsIn(text))).not.toEqual([]);
		expect(
			wrong(PAPERS, ({ text }) => scriptsIn(text).filter((name) => scripts[name] === undefined)),
		).toEqual([]);
	});

	test('and every script is told of in CONTRIBUTING.md', () => {
		const { text } = paper('CONTRIBUTING.md');
		const told = new Set([...scriptsIn(text), ...(text.includes('`npx jest ') ? ['jest'] : [])]);
		expect(Object.keys(scripts).filter((name) => !told.has(name))).toEqual([]);
	});
});

test('every environment variable in the papers is one that the project, n8n or Node.js reads', () => {
	// What UPDATE_README does is in these tests; the trigger's form names what n8n reads.
	const sources = ['nodes/BrazeTrigger/fields.ts', 'test/contract/contract.mts', 'test/docs/readme.test.mts'];
	const known = new Set([
		'NODE_OPTIONS',
		...SERVICE_VARIABLES,
		...sources.flatMap((file) => variablesIn(readFileSync(file, 'utf8'))),
	]);
	// docs/scale.md has a test of its own, with the variables of n8n that the queue test sets.
	const papers = PAPERS.filter(({ path }) => path !== 'docs/scale.md');
	expect(variablesIn(paper('README.md').text)).toContain('BRAZE_API_KEY');
	expect(wrong(papers, ({ text }) => variablesIn(text).filter((name) => !known.has(name)))).toEqual([]);
});

describe('What the pages name', () => {
	test.each(['README.md', 'docs/README.md'])('every workflow is in %s', (path) => {
		const linked = new Set(linksOf(paper(path)).map(({ file }) => file));
		expect(WORKFLOWS.filter((name) => !linked.has(`workflows/${name}.json`))).toEqual([]);
	});

	test.each(Object.entries({ Braze: braze, Voucherify: voucherify }))(
		'every resource of the %s node is in the overview of README.md',
		(node, resources) => {
			const rows = paper('README.md').text.match(/^\| node \|[^]*?\n\n/m)?.[0] ?? '';
			const own =
				new RegExp(`\\| \\*\\*${node}\\*\\* \\|[^]*?(?=\\n\\| \\*\\*|\\n\\n)`).exec(rows)?.[0] ?? '';
			const named = own.split('\n').flatMap((row) => row.split('|')[3]?.trim().split(', ') ?? []);
			expect(named.sort()).toEqual(resources.map(({ displayName }) => displayName).sort());
		},
	);

	test('a workflow that is called by its number exists', () => {
		const numbers = new Set(WORKFLOWS.map((name) => name.slice(0, 2)));
		const named = (text: string) =>
			[...text.matchAll(/\b[Ww]orkflows? (\d\d)(?:(?:, | and | to )(\d\d))*/g)].flatMap(
				([all]) => all.match(/\d\d/g) ?? [],
			);
		expect(PAGES.flatMap(({ text }) => named(text)).length).toBeGreaterThan(10);
		expect(wrong(PAPERS, ({ text }) => named(text).filter((number) => !numbers.has(number)))).toEqual([]);
	});

	test('a node that the steps tell to open or to set is one of the workflows that the page links to', () => {
		// In these pages, a name in bold that ends in a colon or stands in a numbered step may be a node's.
		const all = new Set(WORKFLOWS.flatMap(nodesOf));
		const named = PAGES.flatMap((page) => {
			const own = new Set(
				linksOf(page)
					.map(({ file }) => basename(file, '.json'))
					.filter((name) => WORKFLOWS.includes(name))
					.flatMap(nodesOf),
			);
			return [...page.text.matchAll(/\*\*([^*]+)\*\*/g)]
				.map(([, name = '']) => name)
				.filter((name) => all.has(name))
				.map((name) => ({ page: page.path, name, isLinked: own.has(name) }));
		});
		expect(named.length).toBeGreaterThan(8);
		expect(named.filter(({ isLinked }) => !isLinked)).toEqual([]);
	});

	test('an operation is called as the forms call it', () => {
		const resources = [...braze, ...voucherify];
		const operations = new Set(
			resources.flatMap(({ displayName, operations: of }) =>
				of.map((operation) => `${displayName}: ${operation.displayName}`),
			),
		);
		const names = new Set(resources.map(({ displayName }) => displayName));
		const named = (text: string) =>
			[...text.matchAll(/\*(?:Voucherify: |Braze: )?([A-Z][\w ]+): ([A-Z][\w ]+)\*/g)]
				.filter(([, resource = '']) => names.has(resource))
				.map(([, resource, operation]) => `${resource}: ${operation}`);
		expect(PAGES.flatMap(({ text }) => named(text)).length).toBeGreaterThan(5);
		expect(wrong(PAPERS, ({ text }) => named(text).filter((name) => !operations.has(name)))).toEqual([]);
	});

	test('docs/README.md leads to every page', () => {
		const linked = linksOf(paper('docs/README.md')).map(({ file }) => file);
		expect(
			PAGES.map(({ path }) => path).filter((path) => path !== 'docs/README.md' && !linked.includes(path)),
		).toEqual([]);
		expect(linksOf(paper('README.md')).map(({ file }) => file)).toContain('docs/README.md');
	});
});

describe('ARCHITECTURE.md', () => {
	const rooms = /```\n([^]*?)```/.exec(paper('ARCHITECTURE.md').text)?.[1] ?? '';
	const named = new Set([...rooms.matchAll(/(?:^| )(\w+)\//gm)].map(([, name = '']) => name));

	// Folders of nodes/ that are shared by several operations are rooms as well.
	const FLOORS = ['.', 'nodes', 'nodes/Braze', 'sandbox', 'scripts', 'test', 'benchmark'];
	const foldersIn = (floor: string) =>
		readdirSync(floor, { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && /^\w+$/.test(entry.name))
			.map(({ name }) => name)
			.filter((name) => !['node_modules', 'dist', '__schema__'].includes(name))
			// What jest measures lies in the project's folder; scripts/coverage is a room.
			.filter((name) => floor !== '.' || name !== 'coverage');

	test('names every room that there is', () => {
		expect(FLOORS.flatMap(foldersIn).filter((name) => !named.has(name))).toEqual([]);
	});

	test('names no room that there is not', () => {
		const there = new Set([
			'<resource>',
			...FLOORS.flatMap(foldersIn),
			...foldersIn('nodes/VoucherifyTrigger'),
		]);
		expect(named.size).toBeGreaterThan(25);
		expect([...named].filter((name) => !there.has(name))).toEqual([]);
	});
});

test('every error text of docs/troubleshooting.md is one that the nodes say', () => {
	const texts = textsOfNodes();
	const quoted = [...paper('docs/troubleshooting.md').text.matchAll(/^### (.*)$/gm)].map(
		([, heading = '']) => heading,
	);
	expect(quoted.length).toBeGreaterThan(25);
	expect(quoted.filter((heading) => !/^`.+`$/.test(heading))).toEqual([]);
	expect(quoted.filter((heading) => !texts.has(withoutField(heading.slice(1, -1))))).toEqual([]);
});
