import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { causeOf, CUSTOMER } from '../contract/voucherify-cause-cases.mts';
import { serveTrigger } from '../nodes/webhook-server.mts';
import { voucherifyCall } from '../sandbox/voucherify-call.mts';
import { PACKAGE, runTemplate, type Template } from './template.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ customers: 10, codes: 10 });
});
afterAll(async () => await sandbox.close());

/** What a flow does with an event: steps of the package, in a row behind the trigger. */
type Step = readonly [type: 'voucherify' | 'braze', parameters: INodeParameters];

const incentive: Step = ['braze', { attributesFrom: 'voucherifyIncentive', attributePrefix: 'voucherify' }];
const attributes = (json: string): Step => [
	'braze',
	{ attributesFrom: 'json', attributesJson: `={{ ${json} }}` },
];
const welcomeCode: Step = [
	'voucherify',
	{
		resource: 'publication',
		operation: 'create',
		campaign: { __rl: true, mode: 'name', value: 'Welcome Gift Card' },
		customer: { __rl: true, mode: 'sourceId', value: '={{ $json.customer.source_id }}' },
	},
];

interface Case {
	/** A call of the API, by its title in the list of causes. */
	readonly cause: string;
	readonly event: string;
	readonly steps: readonly Step[];
	/** Custom attributes of the profile in the end. */
	readonly effect: Record<string, unknown>;
	readonly customer?: string;
}

const TRIGGERS: Readonly<Record<string, Case>> = {
	'segment entered': {
		cause: 'a customer who enters segments',
		event: 'customer.segment.entered',
		steps: [welcomeCode, incentive],
		effect: { voucherify_code: expect.stringMatching(/^GIFT-/), voucherify_balance: 25 },
		customer: 'new',
	},
	'segment left': {
		cause: 'a customer who leaves segments',
		event: 'customer.segment.left',
		steps: [attributes('{ left_segment: $json.segment.name }')],
		effect: { left_segment: expect.any(String) },
	},
	'code published': {
		cause: 'a code that is published',
		event: 'customer.publication.succeeded',
		steps: [incentive],
		effect: {
			voucherify_code: expect.stringMatching(/^SUMMER-/),
			voucherify_value: '20%',
			voucherify_qr_url: expect.any(String),
		},
	},
	'order created': {
		cause: 'a new order',
		event: 'customer.order.created',
		steps: [attributes('{ last_order: $json.order.status, last_order_amount: $json.amounts.order }')],
		effect: { last_order: 'CREATED', last_order_amount: 50 },
	},
	'order updated': {
		cause: 'an order that changes',
		event: 'customer.order.updated',
		steps: [attributes('{ last_order: $json.order.status, last_order_amount: $json.amounts.order }')],
		effect: { last_order: 'CREATED', last_order_amount: 60 },
	},
	'order paid': {
		cause: 'an order that is paid',
		event: 'customer.order.paid',
		steps: [attributes('{ last_order: $json.order.status }')],
		effect: { last_order: 'PAID' },
	},
	'order canceled': {
		cause: 'an order that is canceled',
		event: 'customer.order.canceled',
		steps: [attributes('{ last_order: $json.order.status }')],
		effect: { last_order: 'CANCELED' },
	},
	'gift credits added': {
		cause: 'gift credits that are added',
		event: 'customer.voucher.gift.balance_added',
		steps: [incentive],
		effect: { voucherify_code: expect.stringMatching(/^GIFT-/), voucherify_balance: 35 },
	},
	'loyalty points added': {
		cause: 'loyalty points that are added',
		event: 'customer.voucher.loyalty_card.points_added',
		steps: [incentive],
		effect: { voucherify_code: expect.stringMatching(/^CLUB-/), voucherify_points: 130 },
	},
	'voucher redeemed': {
		cause: 'a code that is redeemed',
		event: 'customer.redemption.succeeded',
		steps: [attributes('{ redeemed: $json.code, saved: $json.voucher.discount.percent_off }')],
		effect: { redeemed: expect.stringMatching(/^SUMMER-/), saved: 20 },
	},
	'redemption rolled back': {
		cause: 'a redemption that is rolled back',
		event: 'customer.redemption.rollback.succeeded',
		steps: [incentive],
		effect: { voucherify_code: expect.stringMatching(/^GIFT-/), voucherify_balance: 25 },
	},
	'reward redeemed': {
		cause: 'a reward that is redeemed',
		event: 'customer.rewarded',
		steps: [attributes('{ reward: $json.reward.name }')],
		effect: { reward: expect.any(String) },
	},
	'custom event': {
		cause: 'a custom event',
		event: 'customer.custom_event',
		steps: [attributes('{ last_event: $json.custom_event.type }')],
		effect: { last_event: 'page_viewed' },
	},
	'loyalty tier joined': {
		cause: 'a member who reaches the first tier',
		event: 'customer.loyalty.tier.joined',
		steps: [attributes('{ tier: $json.loyalty_tier.name }')],
		effect: { tier: 'Silver' },
	},
	'loyalty tier upgraded': {
		cause: 'a member who reaches the next tier',
		event: 'customer.loyalty.tier.upgraded',
		steps: [attributes('{ tier: $json.loyalty_tier_to.name }')],
		effect: { tier: 'Gold' },
	},
	'loyalty tier downgraded': {
		cause: 'a member who falls to a lower tier',
		event: 'customer.loyalty.tier.downgraded',
		steps: [attributes('{ tier: $json.loyalty_tier_to.name }')],
		effect: { tier: 'Silver' },
	},
	'loyalty tier left': {
		cause: 'a member who falls below the first tier',
		event: 'customer.loyalty.tier.left',
		steps: [attributes('{ tier: "none", left_tier: $json.loyalty_tier.name }')],
		effect: { tier: 'none', left_tier: 'Silver' },
	},
};

/** A flow of these steps; its first node gives what the trigger received. */
function flow(steps: readonly Step[]): Template {
	const nodes = steps.map(([type, parameters], n) => ({
		id: `${n}`,
		name: `Step ${n}`,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	}));
	const start = {
		id: 'start',
		name: 'Start',
		type: 'received',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const names = [start, ...nodes].map(({ name }) => name);
	const connections = Object.fromEntries(
		names
			.slice(1)
			.map((name, n) => [names[n] ?? '', { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
	);
	return { name: 'Flow', nodes: [start, ...nodes], connections };
}

/** The items that a trigger for one event type gives when the cause happens. */
async function received({ cause: title, event }: Case): Promise<INodeExecutionData[]> {
	const call = voucherifyCall(sandbox);
	const { url, applicationId, secretKey, webhookSecret, state } = sandbox.voucherify;
	const trigger = await serveTrigger({
		node: new VoucherifyTrigger(),
		parameters: { events: [event], campaigns: [], simple: true, options: {} },
		credentials: {
			voucherifyApi: { region: 'custom', baseUrl: url, applicationId, secretKey, webhookSecret },
		},
	});
	try {
		const cause = causeOf(title);
		await call('POST', '/v1/customers', { ...CUSTOMER, name: 'Ada', email: 'ada@example.com' });
		await cause.before?.(call);
		state.webhooks.addTarget('distribution', trigger.url, 'To Braze');
		await cause.act(call);
		await state.webhooks.settled();
		return trigger.executions.flat();
	} finally {
		await trigger.close();
	}
}

// From the call of the API to the profile: Voucherify's stand-in signs and delivers its webhook, the trigger takes it, the flow runs.
test.each(Object.entries(TRIGGERS))('%s', async (_name, trigger) => {
	sandbox.reset();
	const items = await received(trigger);
	expect(items.length).toBeGreaterThan(0);
	const { data } = await runTemplate(flow(trigger.steps), sandbox, items);
	expect(data.resultData.error?.message).toBeUndefined();
	const profile = sandbox.braze.state.getUser({ external_id: trigger.customer ?? CUSTOMER.source_id });
	expect({ ...profile?.customAttributes }).toMatchObject(trigger.effect);
});
