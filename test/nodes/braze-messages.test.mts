import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { bodiesTo, brazeRequests, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';
import { failureOf, jsonOf, located } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const SEGMENT = WORKSPACE.segments[0]?.id ?? '';
const CAMPAIGN = WORKSPACE.campaigns[0]?.id ?? '';
const SMS = { app_id: 'app-1', subscription_group_id: 'group-1', body: 'Your code' };

const sms: INodeParameters = {
	channels: ['sms'],
	appId: 'app-1',
	smsGroup: 'group-1',
	smsText: 'Your code',
};
const sending = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	identifyBy: 'externalId',
	externalId: '={{ $json.id }}',
	messageFrom: 'form',
	...sms,
	requestSettings: { concurrency: 1, longestWait: 1 },
	...more,
});
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ id: `user-${n}` }));
const sends = () => sandbox.braze.state.sends.all;

/** The messages that a form comes to. */
async function messagesOf(parameters: INodeParameters): Promise<unknown> {
	sandbox.log.clear();
	const { error } = await runBraze(sandbox, sending(parameters), users(1));
	expect(error).toBeUndefined();
	return bodiesTo(sandbox)[0]?.messages;
}

describe('Message: Send', () => {
	test('sends the same to 120 users in three requests, and says by which dispatch', async () => {
		sandbox.braze.state.track({ attributes: [{ external_id: 'user-119', a: 1 }] });
		const { items, error } = await runBraze(sandbox, sending(), users(120));
		expect(error).toBeUndefined();
		const ids = users(120).map(({ id }) => id);
		expect(bodiesTo(sandbox)).toEqual(
			[ids.slice(0, 50), ids.slice(50, 100), ids.slice(100)].map((external_user_ids) => ({
				messages: { sms: SMS },
				external_user_ids,
			})),
		);
		expect(jsonOf(items)).toEqual(
			users(120).map((user, n) => ({ ...user, dispatch_id: sends()[Math.floor(n / 50)]?.dispatchId })),
		);
		expect(sends()[2]?.recipients.at(-1)).toMatchObject({ outcome: 'sent' });
	});

	test('sends each distinct message in requests of its own, full ones although the items take turns', async () => {
		const input = users(150).map((user, n) => ({ ...user, text: `Text ${n % 3}` }));
		const { items } = await runBraze(sandbox, sending({ smsText: '={{ $json.text }}' }), input);
		expect(sends().map((send) => [send.messages, send.recipients.length])).toEqual(
			[0, 1, 2].map((n) => [{ sms: { ...SMS, body: `Text ${n}` } }, 50]),
		);
		expect(jsonOf(items)).toEqual(
			input.map((json, n) => ({ ...json, dispatch_id: sends()[n % 3]?.dispatchId })),
		);
	});

	test('sends one user the same message twice when two items say so', async () => {
		await runBraze(sandbox, sending(), [...users(1), ...users(1)]);
		expect(sends().map((send) => send.recipients.length)).toEqual([1, 1]);
	});

	test('sends one user different messages in the order of the items', async () => {
		const input = ['a', 'b', 'a'].map((text) => ({ id: 'user-0', text }));
		await runBraze(
			sandbox,
			sending({ smsText: '={{ $json.text }}', requestSettings: { concurrency: 8 } }),
			input,
		);
		expect(bodiesTo(sandbox).map(({ messages }) => messages)).toEqual(
			['a', 'b', 'a'].map((body) => ({ sms: { ...SMS, body } })),
		);
	});

	test('sends to user aliases', async () => {
		await runBraze(
			sandbox,
			sending({ identifyBy: 'alias', aliasName: '={{ $json.id }}', aliasLabel: 'shop' }),
			users(2),
		);
		expect(bodiesTo(sandbox)).toEqual([
			{
				messages: { sms: SMS },
				user_aliases: users(2).map(({ id }) => ({ alias_name: id, alias_label: 'shop' })),
			},
		]);
	});

	test('takes all options', async () => {
		const audience = { OR: [{ email_subscription_status: { comparison: 'is', value: 'opted_in' } }] };
		const options = {
			audience: JSON.stringify(audience),
			campaignId: CAMPAIGN,
			variationId: 'sms-1',
			onlyInSegment: SEGMENT,
			overrideFrequencyCapping: true,
			sendId: 'wave-2',
			subscriptionState: 'all',
		};
		const { error } = await runBraze(sandbox, sending({ options }), users(1));
		expect(error).toBeUndefined();
		expect(bodiesTo(sandbox)).toEqual([
			{
				segment_id: SEGMENT,
				audience,
				campaign_id: CAMPAIGN,
				send_id: 'wave-2',
				override_frequency_capping: true,
				recipient_subscription_state: 'all',
				messages: { sms: { ...SMS, message_variation_id: 'sms-1' } },
				external_user_ids: ['user-0'],
			},
		]);
	});

	test('makes emails, pushes and webhooks of a form', async () => {
		const email = { channels: ['email'], emailFrom: 'Shop <news@shop.com>', emailBody: '<p>Hi</p>' };
		expect(
			await messagesOf({
				...email,
				emailSubject: 'Your code',
				emailOptions: {
					bcc: 'a@shop.com',
					plaintextBody: 'Hi',
					preheader: 'Now',
					replyTo: 'b@shop.com',
					templateId: 't-1',
				},
			}),
		).toEqual({
			email: {
				app_id: 'app-1',
				from: 'Shop <news@shop.com>',
				subject: 'Your code',
				body: '<p>Hi</p>',
				bcc: 'a@shop.com',
				plaintext_body: 'Hi',
				preheader: 'Now',
				reply_to: 'b@shop.com',
				email_template_id: 't-1',
			},
		});
		const push = { pushPlatforms: ['android_push', 'apple_push', 'web_push'], pushLink: 'app://codes' };
		const other = { title: 'Hello', alert: 'A code', custom_uri: 'app://codes' };
		expect(await messagesOf({ channels: ['push'], pushTitle: 'Hello', pushText: 'A code', ...push })).toEqual(
			{
				android_push: other,
				apple_push: { alert: { title: 'Hello', body: 'A code' }, custom_uri: 'app://codes' },
				web_push: other,
			},
		);
		const webhook = { webhookMethod: 'PUT', webhookUrl: 'https://shop.com/hook', webhookBody: '{"a": 1}' };
		expect(await messagesOf({ channels: ['webhook'], ...webhook })).toEqual({
			webhook: {
				url: 'https://shop.com/hook',
				request_method: 'PUT',
				request_headers: { 'Content-Type': 'application/json' },
				body: '{"a": 1}',
			},
		});
	});

	test('takes messages of any channel as JSON', async () => {
		const card = { content_card: { type: 'CLASSIC', title: 'A code for you', time_to_live: 86_400 } };
		expect(await messagesOf({ messageFrom: 'json', messages: JSON.stringify(card) })).toEqual(card);
	});

	test.each<[string, INodeParameters, string]>([
		['no channel', { channels: [] }, '"Channels" is empty'],
		['no text', { smsText: '={{ "" }}' }, '"SMS Text" is empty'],
		['no app', { appId: '={{ "" }}' }, '"App ID" is empty'],
		['an email that says nothing', { channels: ['email'], emailFrom: 'a@shop.com' }, '"HTML Body" is empty'],
		[
			'no push platform',
			{ channels: ['push'], pushPlatforms: [], pushTitle: 'Hi', pushText: 'A code' },
			'"Push Platforms" is empty',
		],
		['no message in the JSON', { messageFrom: 'json' }, '"Messages" is empty'],
		[
			'a message that is none',
			{ messageFrom: 'json', messages: '{"sms": "Hi"}' },
			'"Messages" has "Hi" for "sms"',
		],
		[
			'one variation for several messages',
			{
				channels: ['sms', 'webhook'],
				webhookUrl: 'https://shop.com/hook',
				options: { variationId: 'v' },
			},
			'"Message Variation ID" is given, and there are several messages',
		],
		['addresses instead of IDs', { identifyBy: 'email' }, '"Identify Recipients By" is "email"'],
		['an unknown state', { options: { subscriptionState: 'some' } }, '"Subscription State" is "some"'],
	])('refuses %s before anything is sent', async (_what, more, problem) => {
		const { error } = await runBraze(sandbox, sending(more), users(1));
		expect(error?.message).toContain(problem);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});

	test('is not tried again when nobody knows whether it was sent', async () => {
		sandbox.faults.add({ service: 'braze', kind: 'status', status: 503, when: 'after' });
		const { items } = await runBraze(sandbox, sending(), users(60), { onError: 'continueRegularOutput' });
		expect(sends()).toHaveLength(2);
		expect(items).toHaveLength(60);
		for (const item of items) expect(failureOf(item).uncertain).toBe(true);
	});

	test('puts out what its schema says', async () => {
		const { items } = await runBraze(sandbox, sending({ externalId: '' }), [{ external_id: 'user-0' }]);
		expectSchema('Braze', 'message/send', jsonOf(items));
	});
});

describe('Message: Send to everyone', () => {
	const audience = { AND: [{ push_subscription_status: { comparison: 'is', value: 'opted_in' } }] };
	const everyone = { sendTo: 'everyone', everyone: 'segment', segment: located('id', SEGMENT) };
	const filtered = { ...everyone, everyone: 'filter' };

	test.each<[string, INodeParameters, IDataObject]>([
		['the members of a segment', everyone, { segment_id: SEGMENT }],
		['whom a filter leaves', { ...filtered, options: { audience: JSON.stringify(audience) } }, { audience }],
		[
			'the members of a segment whom a filter leaves',
			{ ...everyone, options: { audience: JSON.stringify(audience) } },
			{ segment_id: SEGMENT, audience },
		],
	])('sends once, to %s', async (_whom, more, where) => {
		const { items } = await runBraze(sandbox, sending(more), users(60));
		expect(bodiesTo(sandbox)).toEqual([{ ...where, messages: { sms: SMS }, broadcast: true }]);
		expect(jsonOf(items)).toEqual([{ dispatch_id: sends()[0]?.dispatchId }]);
	});

	test.each<[string, INodeParameters, string]>([
		['no filter', filtered, 'and there is no filter'],
		['no segment', { ...everyone, segment: located('id', '={{ "" }}') }, '"Segment" is empty'],
		['a message for each user', { ...everyone, smsText: '={{ $json.id }}' }, 'wants another message'],
	])('refuses %s before anything is sent', async (_what, more, problem) => {
		const { error } = await runBraze(sandbox, sending(more), users(2));
		expect(error?.message).toContain(problem);
		expect(brazeRequests(sandbox)).toHaveLength(0);
	});
});
