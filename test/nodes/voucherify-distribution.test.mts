import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import {
	codesOf,
	customers,
	failureOf,
	jsonOf,
	located,
	publishing,
	requests,
	runVoucherify,
} from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 600 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const PUBLICATIONS = '/v1/publications';
const posts = () => requests(sandbox, 'POST', PUBLICATIONS);
const published = () => sandbox.voucherify.state.publications.count;
const largest = () => {
	const [first] = [...sandbox.voucherify.state.segments.all].sort(
		(a, b) => b.members.length - a.members.length,
	);
	if (first === undefined) throw new Error('The seed has segments');
	return first;
};
const distributing = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'distribution',
	operation: 'publishToSegment',
	segment: located('id', largest().id),
	campaign: located('name', 'Summer Sale 20%'),
	oncePer: 'customerAndCampaign',
	mailing: '',
	onFailure: 'output',
	simple: true,
	...more,
});

describe('Publish to Segment', () => {
	test('every member gets a code of their own, beyond one page, as one item each', async () => {
		const { members } = largest();
		expect(members.length).toBeGreaterThan(100);
		const { items, error, hints } = await runVoucherify(sandbox, distributing());
		expect(error).toBeUndefined();
		expect(items).toHaveLength(members.length);
		expect(new Set(codesOf(items)).size).toBe(members.length);
		const served = jsonOf(items).map(({ customer }) => (customer as { source_id: string }).source_id);
		expect([...served].sort()).toEqual(members.map(({ sourceId }) => sourceId).sort());
		items.forEach((item) => expect(item.pairedItem).toEqual({ item: 0 }));
		expect(hints[0]?.message).toContain(`${members.length} members with a code`);
	});

	test('run again it gives the same codes, and codes to those who have come since', async () => {
		const first = await runVoucherify(sandbox, distributing());
		const count = published();
		const again = await runVoucherify(sandbox, distributing(), [{}], { executionId: '2' });
		expect(codesOf(again.items)).toEqual(codesOf(first.items));
		expect(published()).toBe(count);
	});

	test('a code that was handed out by Publication: Create is the one that the member gets', async () => {
		const [member] = largest().members;
		const single = await runVoucherify(sandbox, publishing('Summer Sale 20%'), [
			{ customer: member?.sourceId ?? '' },
		]);
		const { items } = await runVoucherify(sandbox, distributing());
		expect(codesOf(items)).toContain(codesOf(single.items)[0]);
		expect(published()).toBe(items.length);
	});

	test('another mailing gives other codes, and the same mailing the same', async () => {
		const mailing = (name: string) =>
			distributing({ oncePer: 'mailing', mailing: name, options: { mostMembers: 5 } });
		const runs = [];
		for (const name of ['spring', 'spring', 'summer'])
			runs.push(codesOf((await runVoucherify(sandbox, mailing(name))).items));
		const [spring = [], again = [], summer = []] = runs;
		expect(again).toEqual(spring);
		expect(summer.filter((code) => spring.includes(code))).toEqual([]);
		expect(published()).toBe(10);
	});

	test('members that fail come out with their error, and the others with their codes', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: PUBLICATIONS,
			kind: 'status',
			status: 400,
			body: { code: 400, key: 'metadata_validation_failed', message: 'Metadata invalid' },
			skip: 5,
			times: 3,
		});
		const { members } = largest();
		const { items, error, hints } = await runVoucherify(sandbox, distributing());
		expect(error).toBeUndefined();
		expect(items).toHaveLength(members.length);
		const failed = items.filter(({ json }) => json.error !== undefined);
		expect(failed).toHaveLength(3);
		expect(failureOf(failed[0])).toMatchObject({
			code: 'metadata_validation_failed',
			customer: { source_id: expect.stringMatching(/^customer-/) as unknown },
		});
		expect(hints[0]?.message).toContain(`3 of ${members.length} members got no code of "Summer Sale 20%"`);
		const again = await runVoucherify(sandbox, distributing());
		expect(again.items.filter(({ json }) => json.error !== undefined)).toHaveLength(0);
		expect(published()).toBe(members.length);
	});

	test('with an error output, failed members go there', async () => {
		const path = PUBLICATIONS;
		const fault = {
			service: 'voucherify',
			method: 'POST',
			path,
			kind: 'status',
			status: 400,
			skip: 1,
			times: 2,
		} as const;
		sandbox.faults.add({ ...fault, body: { code: 400, key: 'x', message: 'No' } });
		const { items, failed } = await runVoucherify(
			sandbox,
			distributing({ options: { mostMembers: 10 } }),
			[{}],
			{ onError: 'continueErrorOutput' },
		);
		expect([items.length, failed.length]).toEqual([8, 2]);
		expect(failureOf(failed[0]).customer).toBeDefined();
	});

	test('it can fail after the others instead, and says how many got no code', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: PUBLICATIONS,
			kind: 'status',
			status: 400,
			body: { code: 400, key: 'x', message: 'No' },
			times: 1,
		});
		const { error } = await runVoucherify(sandbox, distributing({ onFailure: 'fail' }));
		expect(error?.message).toContain(`1 of ${largest().members.length} members got no code`);
		expect(error?.description).toContain('Run it again');
		expect(published()).toBe(largest().members.length - 1);
	});

	test('when the plan is used up, nobody else is tried, and who has a code keeps it', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: PUBLICATIONS,
			kind: 'status',
			status: 402,
			body: { code: 402, key: 'limit', message: 'Used up' },
			skip: 20,
		});
		const { members } = largest();
		const { items, error } = await runVoucherify(sandbox, distributing());
		expect(error).toBeUndefined();
		expect(items).toHaveLength(members.length);
		expect(items.filter(({ json }) => json.code !== undefined)).toHaveLength(20);
		expect(posts().length).toBeLessThanOrEqual(20 + 8);
		expect(String(failureOf(items[members.length - 1]).message)).toContain('Not published, because');
	});

	test('an empty campaign is asked once, and says so for each member', async () => {
		const { items } = await runVoucherify(
			sandbox,
			distributing({ campaign: located('name', 'Sold Out'), requestSettings: { concurrency: 1 } }),
		);
		expect(posts()).toHaveLength(1);
		expect(items).toHaveLength(largest().members.length);
		expect(failureOf(items[5]).code).toBe('no_voucher_suitable_for_publication');
	});

	test('a lost answer costs no second code', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: PUBLICATIONS,
			when: 'after',
			kind: 'reset',
			times: 3,
		});
		const { items } = await runVoucherify(sandbox, distributing());
		expect(new Set(codesOf(items)).size).toBe(items.length);
		expect(published()).toBe(items.length);
	});

	test('cancelled, it stops', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			method: 'POST',
			path: PUBLICATIONS,
			kind: 'slow',
			delayMs: 100,
		});
		const run = await runVoucherify(sandbox, distributing(), [{}], {
			started: (cancel) => void setTimeout(cancel, 400),
		});
		expect(run.run.status).toBe('canceled');
		expect(posts().length).toBeLessThan(largest().members.length);
	});

	test('several segments at once keep to the limit of concurrent requests together, and their items stay apart', async () => {
		const [first, second] = sandbox.voucherify.state.segments.all;
		const input = [first, second].map((segment) => ({ segment: segment?.id ?? '' }));
		const { items, error } = await runVoucherify(
			sandbox,
			distributing({
				segment: located('id', '={{ $json.segment }}'),
				options: { mostMembers: 20 },
				requestSettings: { concurrency: 2 },
			}),
			input,
		);
		expect(error).toBeUndefined();
		const counts = [0, 1].map((n) =>
			items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === `{"item":${n}}`),
		);
		expect(counts.map(({ length }) => length)).toEqual(
			[first, second].map((one) => Math.min(20, one?.members.length ?? 0)),
		);
	});

	test('a member without a source ID is published to by ID, and not looked up', async () => {
		const { state } = sandbox.voucherify;
		const nameless = state.customers.upsert({ name: 'Nameless' });
		const segment = state.segments.add(
			'Nameless',
			{ type: 'static', ids: new Set([nameless.id]) },
			[nameless],
			Date.now(),
		);
		const { items, error } = await runVoucherify(
			sandbox,
			distributing({ segment: located('id', segment.id) }),
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(posts()[0]?.requestBody).toMatchObject({ customer: { id: nameless.id } });
		expect(requests(sandbox, 'GET', `/v1/customers/${nameless.id}`)).toHaveLength(0);
	});

	test.each([
		['no such segment', { segment: located('id', 'seg_nothing') }, 'no such object'],
		['no such campaign', { campaign: located('name', 'Nothing') }, 'no campaign "Nothing"'],
		['a promotion', { campaign: located('name', 'Summer Happy Hour') }, 'has no codes'],
		[
			'a mailing without a name',
			{ oncePer: 'mailing', mailing: '={{ $json.nothing }}' },
			'"Mailing" is empty',
		],
	])('%s: fails before anything is published', async (_what, parameters, message) => {
		const { error } = await runVoucherify(sandbox, distributing(parameters as INodeParameters), customers(1));
		expect(error?.message).toContain(message);
		expect(posts()).toHaveLength(0);
	});
});
