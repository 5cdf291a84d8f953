import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfExchanges } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { fileOf } from './binary.mts';
import { runBraze } from './braze.mts';
import { startStandIn } from './braze-stand-in.mts';
import type { NodeRun } from './n8n.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf, located } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ exportMs: 50 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const segmentId = (name: string) => WORKSPACE.segments.find((segment) => segment.name === name)?.id ?? '';
const ALL = segmentId('All users');

const exporting = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: 'exportSegment',
	segment: located('id', ALL),
	fieldsToExport: ['custom_attributes', 'email'],
	output: 'file',
	outputField: 'data',
	requestSettings: { longestWait: 1 },
	...more,
});
const asItems = (more: INodeParameters = {}) => exporting({ output: 'items', returnAll: true, ...more });
const run = async (
	parameters: INodeParameters,
	more: Parameters<typeof runBraze>[3] = {},
): Promise<NodeRun> => await runBraze(sandbox, parameters, [{}], more);

/** Puts so many users into Braze, every third of them with a code. */
function seed(count: number): void {
	for (let n = 0; n < count; n++) {
		sandbox.braze.state.track({
			attributes: [
				{ external_id: `user-${n}`, color: 'red', ...(n % 3 === 0 ? { voucherify_code: `C-${n}` } : {}) },
			],
		});
	}
}

const starts = () => sandbox.log.entries().filter(({ path }) => path === '/users/export/segment');
const looks = () => sandbox.log.entries().filter(({ path }) => path.startsWith('/segment-export/'));
const hintsOf = ({ hints }: NodeRun) => hints.map(({ message }) => message).join(' ');
const linesOf = (file: Buffer) =>
	file
		.toString()
		.trimEnd()
		.split('\n')
		.map((line): IDataObject => JSON.parse(line));

describe('Export Segment to a file', () => {
	test.each(['zip', 'gzip'])(
		'holds every user once, one a line, from the files of a %s archive',
		async (outputFormat) => {
			seed(10_001);
			const done = await run(exporting({ options: { outputFormat } }));
			expect(done.error).toBeUndefined();
			expect(done.items).toHaveLength(1);
			const file = await fileOf(done.items[0]);
			expect(linesOf(file).map(({ external_id }) => external_id)).toEqual(
				Array.from({ length: 10_001 }, (_, n) => `user-${n}`),
			);
			const date = new Date().toISOString().slice(0, 10);
			const fileName = `segment ${ALL} ${date}.ndjson`;
			expect(done.items[0]?.json).toEqual({
				segmentId: ALL,
				objectPrefix: expect.stringMatching(/^[0-9a-f-]{36}-\d+$/),
				users: 10_001,
				// Members of a gzip file don't show.
				files: outputFormat === 'zip' ? 3 : 1,
				size: file.length,
				fileName,
			});
			expect(done.items[0]?.binary?.data).toMatchObject({ mimeType: 'application/x-ndjson', fileName });
			expect(done.items[0]?.binary?.data?.id).toMatch(/^filesystem/);
			expect(done.items[0]?.pairedItem).toEqual({ item: 0 });
			expect(hintsOf(done)).toContain('10,001 users in the file');
		},
	);

	test('takes the name and the field that it is told', async () => {
		seed(2);
		const { items } = await run(
			exporting({ outputField: 'users', options: { fileName: 'my/users.ndjson' } }),
		);
		expect(linesOf(await fileOf(items[0], 'users'))).toHaveLength(2);
		expect(items[0]?.json).toMatchObject({ users: 2, fileName: 'my-users.ndjson' });
	});

	test('is empty for a segment without users', async () => {
		const { items, error } = await run(exporting());
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ users: 0, size: 0 });
	});

	test('ends with an error when the download breaks off, with nothing passed for whole', async () => {
		seed(2_000);
		sandbox.faults.add({
			service: 'braze',
			path: '/segment-export/',
			kind: 'truncate',
			bytes: 2_000,
		});
		const { items, error } = await run(exporting());
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/The download from 127\.0\.0\.1:\d+ broke off before its end/);
	});
});

describe('Export Segment as items', () => {
	test('gives an item for each user', async () => {
		seed(5_001);
		const { items, error } = await run(asItems());
		expect(error).toBeUndefined();
		expect(jsonOf(items).map(({ external_id }) => external_id)).toEqual(
			Array.from({ length: 5_001 }, (_, n) => `user-${n}`),
		);
		expect(items[0]?.json).toMatchObject({ custom_attributes: { color: 'red', voucherify_code: 'C-0' } });
		expect(items[5_000]?.pairedItem).toEqual({ item: 0 });
	});

	test('gives no more than the limit, and says that there are more', async () => {
		seed(10);
		const limited = await run(asItems({ returnAll: false, limit: 4 }));
		expect(limited.items).toHaveLength(4);
		expect(hintsOf(limited)).toContain('The segment has more than the 4 users of "Limit"');
		const enough = await run(asItems({ returnAll: false, limit: 10 }));
		expect(enough.items).toHaveLength(10);
		expect(hintsOf(enough)).not.toContain('more than');
	});

	test('has the members of the segment alone, each with the chosen attributes', async () => {
		seed(4);
		const { items } = await run(
			asItems({
				segment: located('list', segmentId('Has an unused code')),
				options: { customAttributes: 'voucherify_code, voucherify_code' },
			}),
		);
		expect(
			jsonOf(items).map(({ external_id, custom_attributes }) => [external_id, custom_attributes]),
		).toEqual([
			['user-0', { voucherify_code: 'C-0' }],
			['user-3', { voucherify_code: 'C-3' }],
		]);
	});

	test('is described by its output schema, and so is the file', async () => {
		sandbox.braze.state.track({
			attributes: [
				{
					external_id: 'user-0',
					email: 'a@example.com',
					first_name: 'Ada',
					last_name: 'Lovelace',
					loyalty_points: 5,
				},
			],
		});
		const { items } = await run(exporting());
		expectSchema('Braze', 'user/exportSegment', jsonOf(items));
	});
});

describe('Export Segment asks Braze', () => {
	test('for the IDs and the chosen fields, with all that the options say', async () => {
		await run(exporting());
		const options = {
			customAttributes: 'a, b',
			callbackEndpoint: 'https://example.com/done',
			outputFormat: 'gzip',
		};
		await run(exporting({ segment: located('id', segmentId('Loyalty members')), options }));
		expect(starts().map(({ requestBody }) => requestBody)).toEqual([
			{
				segment_id: ALL,
				fields_to_export: ['external_id', 'braze_id', 'user_aliases', 'custom_attributes', 'email'],
			},
			{
				segment_id: segmentId('Loyalty members'),
				fields_to_export: ['external_id', 'braze_id', 'user_aliases', 'email'],
				custom_attributes_to_export: ['a', 'b'],
				callback_endpoint: 'https://example.com/done',
				output_format: 'gzip',
			},
		]);
	});

	test('and waits for the archive, looking less and less often, without showing the key to its storage', async () => {
		sandbox.braze.state.settings.exportMs = 2_000;
		seed(1);
		const { items, error } = await run(exporting());
		expect(error).toBeUndefined();
		expect(items[0]?.json.users).toBe(1);
		// After 0.5, 1.25 and 2.375 s; a slow machine may miss a look.
		expect(looks().length).toBeGreaterThanOrEqual(2);
		expect(looks().length).toBeLessThanOrEqual(3);
		expect(looks().map(({ requestHeaders }) => requestHeaders.authorization)).toEqual(
			looks().map(() => undefined),
		);
		expect(looks().map(({ status }) => status)).toEqual([
			...looks()
				.slice(1)
				.map(() => 403),
			200,
		]);
	});

	test('no longer than it may wait', async () => {
		sandbox.braze.state.settings.exportMs = 60_000;
		const { error } = await run(exporting({ options: { longestWaitForResult: 0.01 } }));
		expect(error?.message).toBe(`The export of the segment ${ALL} is not done after 1 s`);
		expect(error?.description).toContain('Braze goes on with it. Raise "Wait at Most"');
	});

	test('no longer than the execution goes on', async () => {
		sandbox.braze.state.settings.exportMs = 60_000;
		const { items, run: ended } = await run(exporting(), {
			started: (cancel) => {
				const look = setInterval(() => {
					if (looks().length === 0) return;
					clearInterval(look);
					cancel();
				}, 20);
			},
		});
		expect(items).toEqual([]);
		expect(ended.status).toBe('canceled');
	});

	test('once more when its answer is lost', async () => {
		seed(1);
		sandbox.faults.add({ service: 'braze', method: 'POST', kind: 'reset', when: 'after', times: 1 });
		const { items } = await run(exporting());
		expect(items[0]?.json.users).toBe(1);
		expect(starts()).toHaveLength(2);
	});

	test.each([
		['an export of the segment is under way', 1_000],
		['it says so while the rate limit is not in force', undefined],
	])('only once when %s, and explains that there is one at a time', async (_, brazeRateLimit) => {
		const own = await startSandbox({ exportMs: 60_000, brazeRateLimit });
		try {
			const busy = { ...exporting(), options: { longestWaitForResult: 0.001 } };
			await runBraze(own, busy, [{}], { onError: 'continueRegularOutput' });
			own.log.clear();
			const { error } = await runBraze(own, busy, [{}]);
			expect(error?.message).toBe(`Braze is exporting the segment ${ALL} already`);
			expect(error?.description).toContain('one export of a segment at a time');
			expect(own.log.entries()).toHaveLength(1);
		} finally {
			await own.close();
		}
	});

	test.each<Record<string, string>>([
		{ 'x-ratelimit-retry-after': '0.05' },
		{ 'retry-after': '0.05' },
		{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0.05' },
	])('again when it is the rate limit that is used up: %j', async (headers) => {
		seed(1);
		sandbox.faults.add({
			service: 'braze',
			method: 'POST',
			kind: 'status',
			status: 429,
			headers,
			body: { message: 'Rate limit exceeded' },
			times: 2,
		});
		const { items } = await run(exporting());
		expect(items[0]?.json.users).toBe(1);
		expect(starts()).toHaveLength(3);
	});

	test('and says where the files are when they go to the own storage of the customer', async () => {
		sandbox.braze.state.settings.cloudStorage = true;
		const { items, failed } = await run(exporting(), { onError: 'continueErrorOutput' });
		expect(items).toEqual([]);
		const failure = failureOf(failed[0]);
		const prefix = (starts()[0]?.responseBody as IDataObject).object_prefix;
		expect(failure.message).toContain('into your own cloud storage');
		expect(failure.description).toContain(
			`under segment-export/${ALL}/, in the folder of the day and "${String(prefix)}"`,
		);
		expect(failure).toHaveProperty('object_prefix', prefix);
	});

	test('nothing that could not be right', async () => {
		const attributes = Array.from({ length: 501 }, (_, n) => `a${n}`).join(',');
		const cases: Array<[INodeParameters, string]> = [
			[{ fieldsToExport: ['shoe_size'] }, '"Fields" is'],
			[{ output: 'table' }, '"Output" is "table"'],
			[{ options: { customAttributes: attributes } }, '"Custom Attributes" names 501 attributes'],
			[{ options: { callbackEndpoint: 'done' } }, '"Callback URL" is "done"'],
			[{ options: { outputFormat: 'rar' } }, '"Archive Format" is "rar"'],
			[{ options: { longestWaitForResult: 0 } }, '"Wait at Most (Minutes)" is 0'],
			[{ output: 'items', returnAll: false, limit: 0 }, '"Limit" is 0'],
		];
		for (const [parameters, problem] of cases) {
			const { error } = await run(exporting(parameters));
			expect(error?.message).toContain(problem);
		}
		expect(sandbox.log.entries()).toEqual([]);
	});

	test('and names the permission that a key lacks', async () => {
		const { error } = await run(exporting(), { credential: { apiKey: sandbox.braze.state.trackOnlyKey } });
		expect(error?.message).toBe('This Braze API key may not do that');
		expect(error?.description).toContain('users.export.segment');
	});
});

test('the signature that opens the archive is shown in no output, hint or error', async () => {
	seed(1);
	const file = await run(exporting());
	const items = await run(asItems());
	sandbox.faults.add({ service: 'braze', path: '/segment-export/', kind: 'status', status: 404 });
	const missing = await run(exporting());
	sandbox.faults.clear();
	sandbox.faults.add({ service: 'braze', path: '/segment-export/', kind: 'truncate', bytes: 30 });
	const broken = await run(exporting());
	expect(missing.error?.message).toMatch(/^127\.0\.0\.1:\d+ has no such file/);
	expect(broken.error?.message).toContain('broke off');
	const signatures = looks().map(({ path }) => path.split('Signature=')[1]);
	expect(signatures.length).toBeGreaterThan(3);
	for (const shown of [file, items, missing, broken]) {
		const text = JSON.stringify([shown.items, shown.hints, shown.error]);
		for (const signature of signatures) expect(text).not.toContain(signature);
	}
});

describe('What comes instead of an archive', () => {
	test.each([
		['a page', '<html>', 'it is neither a ZIP archive nor a gzip file'],
		['nothing', '', 'it is empty'],
	])('is refused: %s', async (_, body, problem) => {
		const { server, answer, run: runStandIn } = await startStandIn();
		try {
			answer(({ path }) =>
				path === '/archive'
					? { body }
					: { body: { message: 'success', object_prefix: 'p', url: `${server.url}/archive` } },
			);
			for (const parameters of [exporting(), asItems()]) {
				const { error, items } = await runStandIn(parameters, [{}]);
				expect(items).toEqual([]);
				expect(error?.message).toBe(`The archive can't be unpacked: ${problem}`);
			}
		} finally {
			await server.close();
		}
	});
});

describeWithContract(BRAZE_CONTRACT, 'What Export Segment exchanges with Braze', () => {
	test.each([
		['as usual', {}, false],
		[
			'with all options',
			{ customAttributes: 'a', callbackEndpoint: 'https://example.com', outputFormat: 'gzip' },
			false,
		],
		['with own storage', {}, true],
	])('is as foreseen: %s', async (_, options, cloudStorage) => {
		sandbox.braze.state.settings.cloudStorage = cloudStorage;
		await run(exporting({ options }), { onError: 'continueRegularOutput' });
		expect(starts()).toHaveLength(1);
		expect(problemsOfExchanges(starts())).toEqual([]);
	});
});
