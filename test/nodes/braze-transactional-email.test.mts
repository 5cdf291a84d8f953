import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { bodiesTo, brazeRequests, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';
import { jsonOf } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CAMPAIGN = WORKSPACE.transactionalCampaigns[0]?.id ?? '';
const sending = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'transactionalEmail',
	operation: 'send',
	campaignId: CAMPAIGN,
	identifyBy: 'externalId',
	externalId: '={{ $json.id }}',
	properties: '={{ { code: $json.code } }}',
	requestSettings: { longestWait: 1 },
	...more,
});
const USER = { id: 'ada', code: 'GIFT-1' };
const sends = () => sandbox.braze.state.sends.all;
const lost = () => sandbox.faults.add({ service: 'braze', kind: 'reset', when: 'after', times: 1 });
const send = async (more: INodeParameters = {}, input: IDataObject[] = [USER], executionId = '1') =>
	await runBraze(sandbox, sending(more), input, { executionId });

describe('Transactional Email: Send', () => {
	test('sends an email to each user, and tells its dispatch, its status and by which ID Braze remembers it', async () => {
		const { items, error } = await send({ options: { attributes: '{"email": "ada@example.com"}' } }, [
			USER,
			{ id: 'bob', code: 'GIFT-2' },
		]);
		expect(error).toBeUndefined();
		expect(bodiesTo(sandbox)).toMatchObject([
			{
				recipient: { external_user_id: 'ada', attributes: { email: 'ada@example.com' } },
				trigger_properties: { code: 'GIFT-1' },
			},
			{ recipient: { external_user_id: 'bob' }, trigger_properties: { code: 'GIFT-2' } },
		]);
		expect(jsonOf(items)).toEqual(
			sends().map(({ dispatchId }, n) => ({
				external_send_id: bodiesTo(sandbox)[n]?.external_send_id,
				dispatch_id: dispatchId,
				status: 'sent',
				metadata: {},
			})),
		);
		expect(sends().map(({ recipients }) => recipients[0]?.outcome)).toEqual(['sent', 'sent']);
		expectSchema('Braze', 'transactionalEmail/send', jsonOf(items));
	});

	test('sends to a user alias', async () => {
		await send({ identifyBy: 'alias', aliasName: '={{ $json.id }}', aliasLabel: 'shop' });
		expect(bodiesTo(sandbox)).toMatchObject([
			{ recipient: { user_alias: { alias_name: 'ada', alias_label: 'shop' } } },
		]);
	});

	test.each(['execution', 'contents', 'ownKey'])(
		'by %s, asks again when the answer got lost, and the email was sent once',
		async (preventDuplicates) => {
			lost();
			const { items, error } = await send({ preventDuplicates, ownKey: 'order-1' });
			expect(error).toBeUndefined();
			expect(brazeRequests(sandbox)).toHaveLength(2);
			expect(sends()).toHaveLength(1);
			expect(jsonOf(items)).toMatchObject([{ dispatch_id: sends()[0]?.dispatchId, status: 'sent' }]);
		},
	);

	test('without prevention, is not tried again when nobody knows whether it was sent', async () => {
		lost();
		const { error } = await send({ preventDuplicates: 'off' });
		expect(error?.description).toContain('may have acted');
		expect(brazeRequests(sandbox)).toHaveLength(1);
		expect(bodiesTo(sandbox)[0]).not.toHaveProperty('external_send_id');
	});

	test.each<[string, INodeParameters, number]>([
		['within an execution, but again in the next', { preventDuplicates: 'execution' }, 2],
		['in 24 hours, whatever the execution', { preventDuplicates: 'contents' }, 1],
		['for a key, whatever it says', { preventDuplicates: 'ownKey', ownKey: 'order-1' }, 1],
		['for each item', { preventDuplicates: 'off' }, 4],
	])('sends the same once %s', async (_when, more, times) => {
		for (const executionId of ['1', '2']) await send(more, [USER, USER], executionId);
		expect(sends()).toHaveLength(times);
	});

	test('sends other contents, to other users or of other campaigns, as other emails', async () => {
		await send({}, [USER, { ...USER, id: 'bob' }, { ...USER, code: 'GIFT-2' }]);
		const keys = bodiesTo(sandbox).map(({ external_send_id }) => external_send_id);
		expect(new Set(keys).size).toBe(3);
		for (const key of keys) expect(key).toMatch(/^[a-zA-Z0-9\-_+/=]+$/);
	});

	test('takes an email that Braze has queued under its ID for sent', async () => {
		const queued = { message: 'The external reference has been queued. Please retry to obtain send_id.' };
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 400, body: queued });
		const { items, error } = await send({ preventDuplicates: 'ownKey', ownKey: 'order-1' });
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toEqual([{ external_send_id: 'order-1', status: 'queued' }]);
	});

	test.each<[string, INodeParameters, string]>([
		[
			'a key that Braze takes for none',
			{ preventDuplicates: 'ownKey', ownKey: 'order 1' },
			'"Key" is "order 1"',
		],
		['no campaign', { campaignId: '={{ "" }}' }, '"Campaign ID" is empty'],
		['an address', { identifyBy: 'email' }, '"Identify Recipients By" is "email"'],
	])('refuses %s before anything is sent', async (_what, more, problem) => {
		const { error } = await send(more);
		expect(error?.message).toContain(problem);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});

	test('says that a campaign is no transactional one', async () => {
		const { error } = await send({ campaignId: WORKSPACE.campaigns[0]?.id ?? '' });
		expect(error?.message).toContain('The campaign is not a transactional campaign');
	});
});
