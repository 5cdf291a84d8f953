import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { fileOf, itemWithFile, itemWithStoredFile } from './binary.mts';
import { requestsTo, runBraze } from './braze.mts';
import type { NodeRun, NodeSetup } from './n8n.mts';
import { expectSchema } from './output-schema.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const TRACK = 'POST /users/track';
const quick = { requestSettings: { longestWait: 1, tries: 2 } };

async function send(
	items: INodeExecutionData | readonly INodeExecutionData[],
	parameters: INodeParameters = {},
	more: Partial<NodeSetup> = {},
): Promise<NodeRun> {
	const all = 'json' in items ? [items] : items;
	return await runBraze(
		sandbox,
		{ resource: 'user', operation: 'trackFromFile', ...quick, ...parameters },
		[],
		{ items: [...all], ...more },
	);
}

const csv = (text: string | Buffer, name = 'users.csv') => itemWithFile(text, name);
const profile = (externalId: string) => sandbox.braze.state.getUser({ external_id: externalId });
const attributesOf = (externalId: string) => ({ ...profile(externalId)?.customAttributes });
const jsonOf = ({ items }: NodeRun) => items[0]?.json;
const rejectedOf = async ({ items }: NodeRun, field = 'rejected') =>
	(await fileOf(items[0], field)).toString();
const failureOf = ({ failed, items }: NodeRun) => (failed[0] ?? items[0])?.json.error as IDataObject;
const bodies = () =>
	sandbox.log.entries().map(({ requestBody }) => requestBody as Record<string, IDataObject[]>);
const hintsOf = ({ hints }: NodeRun) => hints.map(({ message }) => message).join(' ');

/** Rows user-1 to user-n with a score; every so many one is bad. */
function users(count: number, badEvery = Infinity): string {
	const rows = Array.from({ length: count }, (_, index) => {
		const n = index + 1;
		return `user-${n},${n % badEvery === 0 ? 'bad' : n}\n`;
	});
	return `external_id,score\n${rows.join('')}`;
}

describe.each([
	['that n8n keeps on disk', itemWithStoredFile],
	['that n8n holds in memory', async (text: string, name?: string) => await Promise.resolve(csv(text, name))],
] as const)('A CSV file %s', (_, item) => {
	test('reaches the right profiles in as few requests as there can be, and the bad rows come back as they were', async () => {
		const run = await send(await item(users(1000, 100), 'users.csv'), {
			options: { numberColumns: 'score' },
		});
		expect(run.error).toBeUndefined();
		expect(requestsTo(sandbox, TRACK)).toBe(Math.ceil(990 / 75));
		expect(jsonOf(run)).toEqual({
			fileName: 'users.csv',
			format: 'csv',
			rows: 1000,
			accepted: 990,
			rejected: 10,
			requests: 14,
			dataPoints: 990,
			columnTypes: { score: 'number' },
		});
		for (const n of [1, 99, 101, 999]) expect(attributesOf(`user-${n}`)).toEqual({ score: n });
		for (const n of [100, 1000]) expect(profile(`user-${n}`)).toBeUndefined();
		const lines = Array.from({ length: 10 }, (_row, index) => {
			const n = (index + 1) * 100;
			return `${n + 1},"""score"" is ""bad"", which is no number",,user-${n},bad\r\n`;
		});
		expect(await rejectedOf(run)).toBe(
			`rejected_row,rejected_reason,rejected_code,external_id,score\r\n${lines.join('')}`,
		);
		expect(run.items[0]?.binary?.rejected).toMatchObject({
			fileName: 'users-rejected.csv',
			mimeType: 'text/csv',
		});
		expect(run.items[0]?.pairedItem).toEqual({ item: 0 });
		expect(hintsOf(run)).toContain('"users.csv": 10 rows of 1,000 rejected');
	});
});

describe('Rows of a CSV file', () => {
	test('carry quotes, delimiters, line ends and characters of all kinds into attributes', async () => {
		const text = '\uFEFFexternal_id;note;name\r\nu-1;"a ""b""; c\r\nd";Zoë 🎟\r\n\r\nu-2;"";5" screen\r\n';
		const run = await send(csv(text), { options: { delimiter: ';' } });
		expect(jsonOf(run)).toMatchObject({ rows: 2, accepted: 2, rejected: 0 });
		expect(run.items[0]?.binary).toBeUndefined();
		expect(attributesOf('u-1')).toEqual({ note: 'a "b"; c\r\nd', name: 'Zoë 🎟' });
		expect(attributesOf('u-2')).toEqual({ name: '5" screen' });
	});

	test('become what all cells of a column are, and text as soon as one is not', async () => {
		const text =
			'external_id,score,vip,zip,code,phone,big\n' +
			'u-1,1.5,TRUE,01234,55,491511234567,12345678901234567890\n' +
			'u-2,-3,false,20001,5X,,1\n';
		const run = await send(csv(text));
		expect(jsonOf(run)?.columnTypes).toEqual({
			score: 'number',
			vip: 'boolean',
			zip: 'text',
			code: 'text',
			phone: 'text',
			big: 'text',
		});
		expect(attributesOf('u-1')).toEqual({
			score: 1.5,
			vip: true,
			zip: '01234',
			code: '55',
			big: '12345678901234567890',
		});
		expect(profile('u-1')?.standardFields.phone).toBe('491511234567');
		expect(attributesOf('u-2')).toEqual({ score: -3, vip: false, zip: '20001', code: '5X', big: '1' });
	});

	test('are read as the options say', async () => {
		const text = 'id,score,tags,secret,note\nu-1,7,"[""a"",""b""]",x,\nu-2,8,nope,x,y\n';
		const run = await send(csv(text), {
			externalIdColumn: 'id',
			options: { textColumns: 'score', jsonColumns: 'tags', leaveOut: 'secret', emptyCells: 'remove' },
		});
		expect(bodies()[0]?.attributes).toEqual([
			{ external_id: 'u-1', score: '7', tags: ['a', 'b'], note: null },
		]);
		expect(await rejectedOf(run)).toMatch(/^3,"""tags"" is no JSON: .*",,u-2,8,nope,x,y\r\n$/m);
	});

	test('make nested attributes of columns with dots when asked, merged into what is there when asked', async () => {
		const options = { nestedColumns: true, mergeObjects: true };
		await send(csv('external_id,home.city,home.geo.lat,tier\nu-1,Lyon,45.7,gold\n'), { options });
		const run = await send(csv('external_id,home.zip,home.geo.lon\nu-1,69001,4.8\n'), { options });
		expect(attributesOf('u-1')).toEqual({
			home: { city: 'Lyon', zip: 69001, geo: { lat: 45.7, lon: 4.8 } },
			tier: 'gold',
		});
		expect(jsonOf(run)?.dataPoints).toBe(sandbox.braze.state.counters.dataPoints - 4);
		await send(csv('external_id,home.city\nu-2,Lyon\n'));
		expect(attributesOf('u-2')).toEqual({ 'home.city': 'Lyon' });
	});

	test.each([
		['brazeId', { brazeIdColumn: 'id' }, 'braze_id'],
		['email', { emailColumn: 'id' }, 'email'],
		['phone', { phoneColumn: 'id' }, 'phone'],
	])('identify users by %s', async (identifyBy, more, field) => {
		const id = field === 'phone' ? '+491511234567' : 'ada@example.com';
		await send(csv(`id,tier\n${id},gold\n`), { identifyBy, ...more });
		expect(bodies()[0]).toEqual({ attributes: [{ tier: 'gold', [field]: id }] });
	});

	test('identify users by alias, and make profiles for new ones when told so', async () => {
		await send(csv('alias_name,alias_label,tier\nc-1,shop,gold\n'), {
			identifyBy: 'alias',
			options: { existingOnly: false },
		});
		const user = sandbox.braze.state.getUser({ user_alias: { alias_name: 'c-1', alias_label: 'shop' } });
		expect(user?.customAttributes.tier).toBe('gold');
	});

	test('that can not be used are rejected, each for its reason, and take no place in a request', async () => {
		const bytes = Buffer.concat([
			Buffer.from(
				'external_id,email,tier\nu-1,a@b.co,gold\nu-2,a@b.co\nu-3,a@b.co,x,y\n,a@b.co,x\n"u-5"z,a@b.co,x\nu-6,a@b.co,M',
			),
			Buffer.of(0xfc),
			Buffer.from(`ller\nu-7,,\n${'x'.repeat(1000)},,x\n`),
		]);
		const run = await send(csv(bytes));
		expect(jsonOf(run)).toMatchObject({ rows: 8, accepted: 1, rejected: 7, requests: 1 });
		const reasons = (await rejectedOf(run)).split('\r\n').slice(1, -1);
		expect(reasons.map((line) => line.slice(0, line.indexOf(',,')))).toEqual([
			'3,"The row has 2 cells, and the header 3"',
			'4,"The row has 4 cells, and the header 3"',
			'5,"""external_id"" is empty"',
			'6,A cell goes on after its closing quote. A quote within a cell has to be doubled',
			'7,"The row is not in UTF-8, so that some characters are lost"',
			'8,The row has nothing to send but who the user is',
			'9,"""external_id"" is longer than 987 bytes"',
		]);
	});

	test('that Braze rejects come back with its reason and code, among those it took', async () => {
		const run = await send(
			csv('external_id,email,tier\nu-1,a@b.co,gold\nu-2,nobody,gold\nu-3,c@d.co,gold\n'),
		);
		expect(jsonOf(run)).toMatchObject({ accepted: 2, rejected: 1 });
		expect(await rejectedOf(run)).toContain(
			"3,Braze rejected the object: The value provided for the 'email' field is not a valid email.,The value provided for the 'email' field is not a valid email.,u-2,nobody,gold\r\n",
		);
		expect(attributesOf('u-3')).toEqual({ tier: 'gold' });
	});

	test('of one user take effect in the order of the file, across requests', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'slow', delayMs: 150, times: 1 });
		const rows = Array.from({ length: 300 }, (_, n) => `${n % 50 === 0 ? 'same' : `user-${n}`},${n}\n`);
		await send(csv(`external_id,n\n${rows.join('')}`));
		expect(attributesOf('same')).toEqual({ n: 250 });
	});

	test('a file of rejected rows is sent again once it is corrected, without its reasons', async () => {
		const first = await send(csv(users(3, 2)), { options: { numberColumns: 'score' } });
		const corrected = (await rejectedOf(first)).replace(/,bad\r\n/, ',7\r\n').concat('9,why,,user-9,bad\r\n');
		const run = await send(csv(corrected, 'users-rejected.csv'), { options: { numberColumns: 'score' } });
		expect(attributesOf('user-2')).toEqual({ score: 7 });
		expect(await rejectedOf(run)).toBe(
			'rejected_row,rejected_reason,rejected_code,external_id,score\r\n3,"""score"" is ""bad"", which is no number",,user-9,bad\r\n',
		);
	});

	test('names like __proto__ are data', async () => {
		await send(csv('external_id,__proto__,constructor\nu-1,a,b\n'));
		const [entry] = sandbox.log.entries(1);
		expect(entry?.requestText).toContain('"__proto__":"a","constructor":"b"');
	});
});

describe('Events and purchases', () => {
	test('of a CSV file become objects with properties', async () => {
		const events =
			'external_id,name,time,properties.code,properties.value\nu-1,code_used,2026-01-05T10:00:00Z,A-1,10\nu-1,visited,2026-01-06,,\n';
		await send(csv(events), { rows: 'events', options: { appId: 'app-1' } });
		expect(bodies()[0]).toEqual({
			events: [
				{
					name: 'code_used',
					time: '2026-01-05T10:00:00Z',
					properties: { code: 'A-1', value: 10 },
					app_id: 'app-1',
					external_id: 'u-1',
				},
				{ name: 'visited', time: '2026-01-06', app_id: 'app-1', external_id: 'u-1' },
			],
		});
		const purchases =
			'external_id,product_id,currency,price,quantity,time,properties.size\nu-1,42,eur,9.5,2,2026-01-05,L\nu-1,43,USD,1,,2026-01-05,\n';
		const run = await send(csv(purchases), { rows: 'purchases' });
		expect(jsonOf(run)).toMatchObject({ accepted: 2, dataPoints: 2 });
		expect(profile('u-1')?.purchases).toEqual([
			expect.objectContaining({
				product_id: '42',
				currency: 'EUR',
				price: 9.5,
				quantity: 2,
				properties: { size: 'L' },
			}),
			expect.objectContaining({ product_id: '43', price: 1, quantity: 1 }),
		]);
	});

	test('with a bad time, price, quantity or currency are rejected before anything is sent', async () => {
		const events = await send(csv('external_id,name,time\nu-1,a,01/05/2026\nu-2,,2026-01-05\n'), {
			rows: 'events',
		});
		expect(await rejectedOf(events)).toContain(
			'2,"""time"" is ""01/05/2026"", which is no date in ISO 8601"',
		);
		expect(await rejectedOf(events)).toContain('3,"""name"" is empty"');
		const purchases = await send(
			csv(
				'external_id,product_id,currency,price,quantity,time\nu-1,a,Euro,1,1,2026-01-05\nu-1,a,EUR,x,1,2026-01-05\nu-1,a,EUR,1,101,2026-01-05\n',
			),
			{ rows: 'purchases' },
		);
		const text = await rejectedOf(purchases);
		for (const field of ['currency', 'price', 'quantity']) expect(text).toContain(`""${field}"" is`);
		expect(requestsTo(sandbox, TRACK)).toBe(0);
	});

	test('are not sent again when their answer was lost, and the rows say so', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'reset', when: 'after', times: 1 });
		const run = await send(csv('external_id,name,time\nu-1,a,2026-01-05\n'), { rows: 'events' });
		expect(profile('u-1')?.events).toHaveLength(1);
		expect(jsonOf(run)).toMatchObject({ accepted: 0, rejected: 1 });
		expect(await rejectedOf(run)).toContain('The service may have acted on the request');
	});
});

describe('An NDJSON file', () => {
	const ndjson = (lines: readonly unknown[], name = 'users.ndjson') =>
		csv(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), name);

	test("carries objects in the form of Braze's API, and a bad line is a rejected row", async () => {
		const run = await send(
			ndjson([
				{ external_id: 'u-1', tags: { add: ['a'] }, home: { city: 'Lyon' } },
				'{"external_id": "u-2", ',
				'',
				'[1]',
				{ tier: 'gold' },
				{ external_id: 7, tier: 'gold', secret: 1, braze_id: 'x' },
			]),
			{ options: { leaveOut: 'secret' } },
		);
		expect(jsonOf(run)).toEqual({
			fileName: 'users.ndjson',
			format: 'ndjson',
			rows: 5,
			accepted: 2,
			rejected: 3,
			requests: 1,
			dataPoints: 3,
		});
		expect(attributesOf('u-1')).toEqual({ tags: ['a'], home: { city: 'Lyon' } });
		expect(attributesOf('7')).toEqual({ tier: 'gold' });
		const lines = (await rejectedOf(run)).split('\r\n');
		expect(lines[0]).toBe('rejected_row,rejected_reason,rejected_code,line');
		expect(lines[1]).toMatch(/^2,.*The line is no JSON.*,,"\{""external_id"": ""u-2"", "$/);
		expect(lines[2]).toBe('4,"The line is [1], and no JSON object",,[1]');
		expect(lines[3]).toBe('5,"""external_id"" is empty",,"{""tier"":""gold""}"');
	});

	test('carries events and purchases, and users by alias', async () => {
		const user_alias = { alias_name: 'c-1', alias_label: 'shop' };
		const time = '2026-01-05T10:00:00Z';
		const run = await send(
			ndjson([
				{ user_alias, name: 'a', time, properties: { n: 1 }, _update_existing_only: false },
				{ user_alias, name: 'a', time, properties: [1] },
				{ user_alias, name: 'a', time, properties: { event_name: 'x' } },
				{ user_alias, name: 'a', time, amount: 1 },
			]),
			{ rows: 'events', identifyBy: 'alias' },
		);
		expect(jsonOf(run)).toMatchObject({ accepted: 1, rejected: 3 });
		expect(sandbox.braze.state.getUser({ user_alias })?.events).toHaveLength(1);
		expect(await rejectedOf(run)).toContain('""amount"" has no place in events');
	});

	test('is known by its first character when its name does not tell', async () => {
		const run = await send({
			json: {},
			binary: {
				data: {
					data: Buffer.from(' \n{"external_id": "u-1", "tier": "gold"}').toString('base64'),
					mimeType: 'application/octet-stream',
				},
			},
		});
		expect(jsonOf(run)).toMatchObject({ fileName: '', format: 'ndjson', accepted: 1 });
	});
});

describe('A file that can not be used as a whole', () => {
	test.each([
		[
			'without the column of the users',
			'id,tier\nu-1,gold\n',
			{},
			'no column "external_id" to identify users by',
		],
		['whose columns are separated otherwise', 'external_id;tier\nu-1;gold\n', {}, 'no column "external_id"'],
		['with two columns of one name', 'external_id,a,a\nu-1,1,2\n', {}, 'two columns "a"'],
		['with a column without a name', 'external_id,,a\nu-1,1,2\n', {}, 'Column 2 of the file has no name'],
		['with a quote that is never closed', `${users(500)}"u-501,5\n`, {}, 'quotes that open in row 502'],
		[
			'with a row without end',
			`external_id,a\nu-1,"${'x,'.repeat(600_000)}`,
			{},
			'Row 2 of the file is longer',
		],
		['in UTF-16', Buffer.from('\uFEFFexternal_id\n', 'utf16le'), {}, 'is in UTF-16'],
		['that is empty', '', {}, 'The file is empty'],
		['that is a JSON array', '[{"external_id": "u-1"}]', {}, 'The file is a JSON array'],
		['with a name that no attribute has', 'external_id,$a\nu-1,1\n', {}, '"Attribute Name" is "$a"'],
		[
			'with a setting for a column',
			'external_id,_merge_objects\nu-1,1\n',
			{},
			'"_merge_objects" is no attribute',
		],
		[
			'with a column that events have no place for',
			'external_id,name,time,amount\nu-1,a,2026-01-05,1\n',
			{ rows: 'events' },
			'"amount" has no place in events',
		],
		['of events without their time', 'external_id,name\nu-1,a\n', { rows: 'events' }, 'no column "time"'],
		[
			'without a column that is to be left out',
			'external_id,a\nu-1,1\n',
			{ options: { leaveOut: 'b' } },
			'no column "b" to leave out',
		],
		[
			'with a column that is a value and an object',
			'external_id,a,a.b\nu-1,1,2\n',
			{ options: { nestedColumns: true } },
			'The columns "a" and "a.b"',
		],
	] as const)('%s fails before anything is sent', async (_, content, parameters, problem) => {
		const name = String(content).startsWith('[') ? 'users.bin' : 'users.csv';
		const item = csv(Buffer.from(content), name);
		const data = item.binary?.data;
		if (data && name === 'users.bin') data.mimeType = 'application/octet-stream';
		const { error, items } = await send(item, parameters as INodeParameters);
		expect(error?.message).toContain(problem);
		expect(items).toEqual([]);
		expect(sandbox.log.entries()).toEqual([]);
	});

	test.each([
		[{ options: { objectLimit: 'x' } }, '"Objects per Request" is "x"'],
		[{ options: { startRow: 0 } }, '"Start at Row" is 0'],
		[{ options: { textColumns: 'a', numberColumns: 'a' } }, 'the column "a" twice'],
		[{ options: { delimiter: '|' } }, '"Delimiter" is "|"'],
		[{ binaryField: 'other' }, '"Input Binary Field" is "other"'],
		[{ identifyBy: 'email', options: { skipUnchanged: true } }, '"Skip Unchanged" needs external IDs'],
	])('%j is refused', async (parameters, problem) => {
		const { error } = await send(csv(users(1)), parameters as INodeParameters);
		expect(error?.message).toContain(problem);
		expect(sandbox.log.entries()).toEqual([]);
	});
});

describe('A run that can not go on', () => {
	const one = { requestSettings: { concurrency: 1, tries: 1 } };

	test('stops at once when the key may no more, says how far it came, and gives the rows rejected so far', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 403, skip: 2 });
		const run = await send(
			csv(users(1000, 50)),
			{ ...one, options: { numberColumns: 'score' } },
			{ onError: 'continueErrorOutput' },
		);
		expect(requestsTo(sandbox, TRACK)).toBe(3);
		const failure = failureOf(run);
		expect(failure).toMatchObject({ status: 403, accepted: 150, requests: 3 });
		const resumeAt = Number(failure.resumeAtRow);
		expect(failure.description).toContain(`150 rows had been accepted by then`);
		expect(failure.description).toContain(`set "Start at Row" to ${resumeAt}`);
		const rejected = (await fileOf(run.failed[0], 'rejected')).toString();
		expect(rejected).toContain('user-50,bad');

		sandbox.faults.clear();
		const rest = await send(csv(users(1000, 50)), {
			options: { numberColumns: 'score', startRow: resumeAt },
		});
		expect(jsonOf(rest)?.rows).toBe(1001 - resumeAt + 1);
		for (let n = 1; n <= 1000; n++)
			expect(attributesOf(`user-${n}`)).toEqual(n % 50 === 0 ? {} : { score: n });
		expect(sandbox.braze.state.counters.attributes).toBe(980);
	});

	test('tells of rows beyond the one to go on from that were accepted already', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'slow', delayMs: 300, times: 1 });
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 401, when: 'after', times: 1, skip: 1 });
		const run = await send(
			csv(users(225)),
			{ requestSettings: { concurrency: 3, tries: 1 } },
			{ onError: 'continueErrorOutput' },
		);
		const failure = failureOf(run);
		expect(failure.resumeAtRow).toBeGreaterThan(2);
		expect(String(failure.description)).toMatch(
			/Of the rows after it, these were accepted already: \d+–\d+; sending them again changes nothing/,
		);
	});

	test('goes on after a request that fails for good, and rejects its rows', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 500, times: 1, skip: 1 });
		const run = await send(csv(users(200)), one);
		expect(jsonOf(run)).toMatchObject({ accepted: 125, rejected: 75, requests: 3 });
		const lines = (await rejectedOf(run)).split('\r\n').slice(1, -1);
		expect(lines.map((line) => line.slice(0, line.indexOf(',')))).toEqual(
			Array.from({ length: 75 }, (_, index) => String(index + 77)),
		);
		expect(lines[0]).toContain('Braze has a problem (500)');
	});

	test('stops after 20 requests that failed one after the other', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 500 });
		const { error } = await send(csv(users(75 * 30)), one);
		expect(error?.message).toContain('20 requests failed one after the other');
		expect(error?.description).toContain('Set "Start at Row" to 1502'.replace('Set', 'set'));
		expect(requestsTo(sandbox, TRACK)).toBe(20);
	});

	test('a request that Braze finds too large is halved', async () => {
		sandbox.braze.state.settings.objectLimit = '50 combined';
		const run = await send(csv(users(75)));
		expect(jsonOf(run)).toMatchObject({ accepted: 75, rejected: 0, requests: 3 });
	});

	test('ends at once when it is cancelled, and sends nothing more', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'hang', skip: 8 });
		const { items, run } = await send(
			await itemWithStoredFile(users(20_000), 'users.csv'),
			{},
			{
				started: (cancel) => {
					const look = setInterval(() => {
						if (requestsTo(sandbox, TRACK) < 16) return;
						clearInterval(look);
						cancel();
					}, 10);
				},
			},
		);
		expect(items).toEqual([]);
		expect(run.status).toBe('canceled');
		expect(requestsTo(sandbox, TRACK)).toBe(16);
	});

	test('fails for good when the file is gone', async () => {
		const item = await itemWithStoredFile(users(1), 'users.csv');
		const data = item.binary?.data;
		if (data === undefined) throw new Error('The item has no file');
		const { error, items } = await send({ json: {}, binary: { data: { ...data, id: `${data.id}-gone` } } });
		expect(items).toEqual([]);
		expect(error).toBeDefined();
	});
});

describe('More of a file', () => {
	test('what profiles have already is not sent, and the data points saved are said', async () => {
		await send(csv(users(120)));
		sandbox.log.clear();
		const text = users(130).replace('user-7,7', 'user-7,8');
		const run = await send(csv(text), { options: { skipUnchanged: true } });
		expect(jsonOf(run)).toMatchObject({
			rows: 130,
			accepted: 11,
			unchanged: 119,
			dataPoints: 11,
			dataPointsSaved: 119,
			requests: 1,
		});
		expect(requestsTo(sandbox, 'POST /users/export/ids')).toBe(3);
		expect(attributesOf('user-7')).toEqual({ score: 8 });
	});

	test('a user of whom something was sent gets later rows whatever the profile said', async () => {
		await send(csv('external_id,tier\nu-1,gold\n'));
		await send(csv('external_id,tier\nu-1,silver\nu-1,gold\n'), { options: { skipUnchanged: true } });
		expect(attributesOf('u-1')).toEqual({ tier: 'gold' });
	});

	test('goes 1,000 objects at a time over the endpoint for bulk', async () => {
		const run = await send(csv(users(2_500)), { options: { objectLimit: 'bulk1000' } });
		expect(jsonOf(run)).toMatchObject({ accepted: 2_500, requests: 3 });
		expect(requestsTo(sandbox, 'POST /users/track/bulk')).toBe(3);
	});

	test('several files are sent in one run, each an item, within the number of requests at once', async () => {
		let most = 0;
		let underWay = 0;
		sandbox.faults.add({ service: 'braze', kind: 'slow', delayMs: 30 });
		const track = sandbox.braze.state.track.bind(sandbox.braze.state);
		sandbox.braze.state.track = (body) => {
			most = Math.max(most, ++underWay);
			setImmediate(() => underWay--);
			return track(body);
		};
		const run = await send([csv(users(300), 'a.csv'), csv(users(200, 10), 'b.csv')], {
			options: { numberColumns: 'score', rejectedField: 'bad' },
			requestSettings: { concurrency: 2 },
		});
		sandbox.braze.state.track = track;
		expect(run.items.map(({ json }) => [json.fileName, json.accepted, json.rejected])).toEqual([
			['a.csv', 300, 0],
			['b.csv', 180, 20],
		]);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect((await rejectedOf({ ...run, items: run.items.slice(1) }, 'bad')).split('\r\n')).toHaveLength(22);
		expect(most).toBeLessThanOrEqual(2);
	});

	test('is shown in the editor as it comes out', async () => {
		const run = await send(csv(users(3)), { options: { skipUnchanged: true } });
		expectSchema(
			'Braze',
			'user/trackFromFile',
			run.items.map(({ json }) => json),
		);
	});
});
