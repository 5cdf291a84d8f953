import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { publicationOf, type VoucherifyCall, voucherifyCall } from '../sandbox/voucherify-call.mts';
import { startReceiver, type WebhookReceiver } from '../sandbox/webhook-receiver.mts';
import { describeWithContract, SchemaFile } from './contract.mts';

const EVENTS = 'voucherify-events.json';
const PERCENT = { type: 'PERCENT', percent_off: 10 };

let sandbox: Sandbox;
let call: VoucherifyCall;
let receiver: WebhookReceiver;

beforeAll(async () => {
	sandbox = await startSandbox();
	call = voucherifyCall(sandbox);
	receiver = await startReceiver();
	for (const kind of ['project', 'distribution'] as const) {
		sandbox.voucherify.state.webhooks.addTarget(kind, receiver.url);
	}
});
beforeEach(() => {
	receiver.received.length = 0;
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

describeWithContract(
	EVENTS,
	'Events of changed vouchers, balances and campaigns as their schemas describe them',
	() => {
		let schemas: SchemaFile;
		beforeAll(() => {
			schemas = new SchemaFile(EVENTS);
		});

		/** Types of the events that have arrived, each checked against its schema. */
		async function arrived(): Promise<string[]> {
			await sandbox.voucherify.state.webhooks.settled();
			return receiver.received.map(({ body }) => {
				const type = String(Object(body['event']).type);
				const kind = Object(body['source']).object === 'webhook' ? 'project' : 'distribution';
				expect([type, schemas.problems(['envelope', kind], body)]).toEqual([type, '']);
				expect([type, schemas.problems(['events', type, 'data'], body['data'])]).toEqual([type, '']);
				return type;
			});
		}

		test.each([
			['DISCOUNT_VOUCHER', { discount: PERCENT }],
			['GIFT_VOUCHER', { gift: { amount: 500 } }],
			['LOYALTY_CARD', { loyalty_card: { points: 5 } }],
		])('a %s is created, updated, disabled, enabled and deleted', async (type, worth) => {
			await call('POST', `/v1/vouchers/${type}`, { type, ...worth, expiration_date: '2099-01-01T00:00:00Z' });
			await call('PUT', `/v1/vouchers/${type}`, { metadata: { a: 1 } });
			await call('POST', `/v1/vouchers/${type}/disable`);
			await call('POST', `/v1/vouchers/${type}/enable`);
			await call('DELETE', `/v1/vouchers/${type}`);
			expect((await arrived()).sort()).toEqual(
				['created', 'updated', 'disabled', 'enabled', 'deleted'].map((change) => `voucher.${change}`).sort(),
			);
		});

		test.each([
			['Welcome Gift Card', 'gift', 'balance_added'],
			['Loyalty Club', 'loyalty_card', 'points_added'],
		])(
			'what is added to a card of %s is told to the project and to its holder',
			async (campaign, card, change) => {
				const { data } = await call('POST', '/v1/publications', publicationOf('holder', campaign));
				await arrived();
				receiver.received.length = 0;
				await call('POST', `/v1/vouchers/${data.voucher.code}/balance`, { amount: 40 });
				await call('POST', `/v1/vouchers/${data.voucher.code}/balance`, { amount: -10 });
				const types = await arrived();
				expect(types.filter((type) => !type.startsWith('customer.loyalty.')).sort()).toEqual(
					[
						`voucher.${card}.transaction.created`,
						`voucher.${card}.transaction.created`,
						`voucher.${card}.${change}`,
						`customer.voucher.${card}.${change}`,
					].sort(),
				);
			},
		);

		test.each([
			['DISCOUNT_COUPONS', { voucher: { type: 'DISCOUNT_VOUCHER', discount: PERCENT } }],
			['GIFT_VOUCHERS', { voucher: { type: 'GIFT_VOUCHER', gift: { amount: 500 } } }],
			['LOYALTY_PROGRAM', { voucher: { type: 'LOYALTY_CARD', loyalty_card: { points: 5 } } }],
			[
				'PROMOTION',
				{ promotion: { tiers: [{ name: 'First', banner: 'Ten', action: { discount: PERCENT } }] } },
			],
		])('a campaign %s is created, filled, updated, disabled, enabled and deleted', async (type, worth) => {
			const body = { name: type, campaign_type: type, vouchers_count: 5, ...worth };
			await call('POST', '/v1/campaigns', body);
			sandbox.clock.advance(300);
			await call('PUT', `/v1/campaigns/${type}`, { description: 'new' });
			await call('POST', `/v1/campaigns/${type}/disable`);
			await call('POST', `/v1/campaigns/${type}/enable`);
			await call('DELETE', `/v1/campaigns/${type}`);
			sandbox.clock.advance(300);
			const filled = type === 'PROMOTION' ? [] : ['campaign.vouchers.generation.completed'];
			expect((await arrived()).sort()).toEqual(
				['created', 'updated', 'disabled', 'enabled', 'deleted']
					.map((change) => `campaign.${change}`)
					.concat(filled)
					.sort(),
			);
		});
	},
);
