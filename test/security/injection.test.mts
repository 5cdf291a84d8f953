import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { asRecord, isRecord } from '../../nodes/common/record';
import { startServer, type ScriptedServer } from '../nodes/scripted-server.mts';
import { accommodating } from './hostile-service.mts';
import { PUBLISHED_RUNS, runPublished, type PublishedRun } from './published-operations.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
/** A service for each value, so that all can be tried at once: operations that ask until something is done wait in between. */
let servers: ScriptedServer[];
beforeAll(async () => {
	servers = await Promise.all(HOSTILE.map(async () => await startServer(accommodating)));
});
afterAll(async () => await Promise.all(servers.map(async (server) => await server.close())));

/** Stands in a request where a value goes. */
const MARKER = 'marked-value';

const HOSTILE: readonly string[] = [
	'../x',
	'../../v1/customers',
	'a/b',
	'?x=1',
	'a&limit=1',
	'#f',
	'%2f',
	'%2e%2e',
	'%',
	'a\\b',
	'a;b=c',
	'a\r\nX-Injected: 1',
	'a\u0000b',
	'http://127.0.0.2/',
	'//127.0.0.2/',
	'@127.0.0.2/',
	'..',
	'.',
	'',
	'x'.repeat(4000),
	'half \ud83c',
	'\udf9f half',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
];

/** A place in the parameters that a user types an ID, a code or a name into. */
type Place = ReadonlyArray<string | number>;

/** The places of text that is free, as the form has it: no choices, no JSON, no dates. */
function placesIn({ parameters, fields }: PublishedRun): Place[] {
	const free = namesOfFreeText(fields);
	const walk = (value: unknown, place: Place): Place[] => {
		if (typeof value === 'string') return [place];
		if (Array.isArray(value))
			return value.flatMap((entry, index) => (isRecord(entry) ? walk(entry, [...place, index]) : []));
		if (!isRecord(value)) return [];
		if (value.__rl === true) return [[...place, 'value']];
		return Object.entries(value).flatMap(([name, entry]) =>
			typeof entry !== 'string' || free.has(name) ? walk(entry, [...place, name]) : [],
		);
	};
	return walk(parameters, []);
}

/** The path of an API call is no value in an address but an address; test/nodes/machinery-input is about it. */
function namesOfFreeText(fields: readonly INodeProperties[]): ReadonlySet<string> {
	const names = fields.flatMap(({ type, name, options = [] }): string[] => {
		if (type === 'string') return name === 'path' ? [] : [name];
		return options.flatMap((option) => {
			if ('values' in option) return [...namesOfFreeText(option.values)];
			return 'type' in option ? [...namesOfFreeText([option])] : [];
		});
	});
	return new Set(names);
}

/** The form with a field of the item in a place, so that n8n itself doesn't refuse what is empty. */
function withField(parameters: INodeParameters, place: Place): INodeParameters {
	const changed = structuredClone(parameters);
	let holder: unknown = changed;
	for (const step of place.slice(0, -1)) holder = Reflect.get(Object(holder), step);
	Reflect.set(Object(holder), place.at(-1) ?? '', '={{ $json.hostile }}');
	return changed;
}

interface Sent {
	readonly line: string;
	readonly headers: readonly string[];
}

/** What goes over the wire with a value in a place, and what a user is told. */
async function sentWith(run: PublishedRun, place: Place, value: string, at = 0) {
	const server = servers[at];
	if (server === undefined) throw new Error('There is no server');
	const before = server.received.length;
	const parameters = withField(run.parameters, place);
	const items = run.items.map((item) => ({ ...item, json: { ...item.json, hostile: value } }));
	const requestSettings = { tries: 1, longestWait: 0, timeout: 10 };
	const { error, failed } = await runPublished(run, server.url, {
		parameters,
		items,
		requestSettings,
		onError: 'continueErrorOutput',
	});
	const sent = server.received.slice(before).map(({ method, path, headers }): Sent => ({
		line: `${method} ${path}`,
		headers: Object.keys(headers).sort(),
	}));
	const said = asRecord(failed[0]?.json.error)?.message ?? error?.message;
	return { sent, said: said === undefined ? undefined : String(said) };
}

/** What is wrong with the requests for a value, beside those for the marker. */
function problemsOf(
	value: string,
	wanted: readonly Sent[],
	{ sent, said }: Awaited<ReturnType<typeof sentWith>>,
) {
	const problems: string[] = [];
	if (said !== undefined && !/^["A-Z].{10}/s.test(said)) problems.push(`no sentence: ${said}`);
	if (
		said !== undefined &&
		/TypeError|\[object|is not a function|Cannot read|undefined|URI malformed|native code/.test(said)
	)
		problems.push(`not in plain words: ${said}`);
	const expected = wanted.map(({ line }) => expectedLine(line, value));
	for (const [index, { line, headers }] of sent.entries()) {
		if (line !== expected[index]) problems.push(`${line} instead of ${String(expected[index])}`);
		if (headers.join() !== wanted[index]?.headers.join()) problems.push(`other headers: ${headers.join()}`);
	}
	return problems;
}

/** An empty field is left out of a query; a path would lead elsewhere without its value. */
function expectedLine(line: string, value: string): string {
	const written = encodeURIComponent(/\p{Surrogate}/u.test(value) ? '' : value.trim());
	if (written !== '') return line.replaceAll(MARKER, written);
	return line
		.replace(new RegExp(`[^?&]*=${MARKER}&`, 'g'), '')
		.replace(new RegExp(`[?&][^?&]*=${MARKER}$`), '');
}

/** What an empty field means in a path, where that is no mistake. */
const MAY_BE_EMPTY: Readonly<Record<string, string>> = {
	'voucher.create code': 'Voucherify makes a code',
	'apiCall.send query.parameter.0.value': 'it is sent as the user has it',
};

test.each(PUBLISHED_RUNS.map((run) => [`${run.node} ${run.name}`, run] as const))(
	'%s',
	async (_name, run) => {
		const broken: unknown[] = [];
		for (const place of placesIn(run)) {
			const { sent: wanted } = await sentWith(run, place, MARKER);
			if (!wanted.some(({ line }) => line.includes(MARKER))) continue;
			const tried = HOSTILE.map(async (value, at) => {
				if (value === '' && MAY_BE_EMPTY[`${run.operation} ${place.join('.')}`] !== undefined) return;
				const problems = problemsOf(value, wanted, await sentWith(run, place, value, at));
				tally.count('values in addresses', 1, problems.length > 0 ? 1 : 0);
				if (problems.length > 0) broken.push({ place: place.join('.'), value: value.slice(0, 40), problems });
			});
			await Promise.all(tried);
		}
		expect(broken).toEqual([]);
	},
	120_000,
);
