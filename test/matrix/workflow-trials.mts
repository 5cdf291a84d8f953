// What each workflow of workflows/ promises, tried in a running n8n against the sandbox.
import assert from 'node:assert/strict';
import axios from 'axios';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type { Execution, NodeItem } from '../../scripts/start/n8n-client.mts';
import { causeOf, CUSTOMER } from '../contract/voucherify-cause-cases.mts';
import { problemsOf } from '../deployment/delivered.mts';
import { publicationOf } from '../sandbox/voucherify-call.mts';
import type { TriedWorkflow } from './tried-workflow.mts';

/** Customers that Voucherify knows when a trial begins. */
export const CUSTOMERS = 100;
const FIRST = 'customer-000001';
/** The time zone that n8n takes for its own unless it is told of another. */
const N8N_TIME_ZONE = 'America/New_York';

/** Runs a workflow, and rejects with what speaks against its having done what it promises. The sandbox is as at its start. */
export type Trial = (workflow: TriedWorkflow) => Promise<void>;

/** Expects a code each for so many customers, on their profiles. */
async function expectDelivered(sandbox: Sandbox, customers: number): Promise<void> {
	assert.deepEqual(await problemsOf(sandbox, customers), []);
}

/** The codes that a customer got, in the order in which they got them. */
const codesOf = ({ voucherify }: Sandbox, sourceId: string) =>
	voucherify.state.publications.all
		.filter(({ customer }) => customer.sourceId === sourceId)
		.flatMap(({ vouchers }) => vouchers.map(({ code }) => code));

function profileOf({ braze }: Sandbox, externalId: string) {
	const profile = braze.state.getUser({ external_id: externalId });
	assert(profile, `Braze knows no ${externalId}.`);
	return profile;
}

function itemsOf({ runs }: Execution, node: string): readonly NodeItem[] {
	return runs[node]?.[0]?.data?.main[0] ?? [];
}

/** Lets Voucherify tell the workflow what happens, as a distribution does, and waits until it has run. */
async function distribute(workflow: TriedWorkflow, happens: () => Promise<unknown>): Promise<void> {
	const { webhooks } = workflow.sandbox.voucherify.state;
	webhooks.addTarget('distribution', await workflow.activate(), 'To n8n');
	await happens();
	await webhooks.settled();
	await workflow.executions(1);
}

/** Lets Braze send a webhook message to the workflow, and waits until it has run. */
async function brazeSends(workflow: TriedWorkflow, body: object): Promise<void> {
	const { braze } = workflow.sandbox;
	const headers = { 'content-type': 'application/json', 'x-braze-secret': braze.webhookSecret };
	const url = await workflow.activate();
	braze.state.webhooks.send({ url, method: 'POST', headers, body: JSON.stringify(body) });
	await workflow.executions(1);
}

/** Lets Voucherify and Braze know the customer of the causes. */
async function introduce({ call, sandbox }: TriedWorkflow): Promise<void> {
	await call('POST', '/v1/customers', { ...CUSTOMER, name: 'Ada' });
	sandbox.braze.state.track({ attributes: [{ external_id: CUSTOMER.source_id, first_name: 'Ada' }] });
}

async function manualDistribution(workflow: TriedWorkflow): Promise<void> {
	await workflow.run();
	await expectDelivered(workflow.sandbox, CUSTOMERS);
	await workflow.run();
	await expectDelivered(workflow.sandbox, CUSTOMERS);
}

async function eventDriven(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	const { webhooks } = sandbox.voucherify.state;
	const url = await workflow.activate();
	const forged = await axios.post(url, { type: 'publication.succeeded' }, { validateStatus: () => true });
	assert.equal(forged.status, 401, 'A webhook without a signature was not refused.');
	webhooks.addTarget('project', url, undefined, ['publication.succeeded']);
	await call('POST', '/v1/publications', publicationOf(FIRST, 'Summer Sale 20%'));
	await webhooks.settled();
	await workflow.executions(1);
	await expectDelivered(sandbox, 1);
	const names = profileOf(sandbox, FIRST).events.map(({ name }) => name);
	assert.deepEqual(names, ['voucherify.publication.succeeded']);
}

async function promotionCodeList(workflow: TriedWorkflow): Promise<void> {
	const execution = await workflow.run();
	const [list] = itemsOf(execution, 'Format the list');
	const id = list?.binary?.['data']?.id;
	assert(id, 'There is no file.');
	const rows = (await workflow.client.downloadFile(id)).trimEnd().split('\n');
	assert.equal(new Set(rows).size, 1000);
	assert(
		rows.every((row) => /^[A-Za-z0-9-]+$/.test(row)),
		'The file holds more than codes.',
	);
}

async function recurring(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	for (const source_id of ['new-1', 'new-2']) await call('POST', '/v1/customers', { source_id });
	await workflow.run();
	const handedOut = sandbox.voucherify.state.publications.count;
	await expectDelivered(sandbox, handedOut);
	await workflow.run();
	await expectDelivered(sandbox, handedOut);
	for (const sourceId of ['new-1', 'new-2']) assert.equal(codesOf(sandbox, sourceId).length, 1);
}

async function connectedContent(workflow: TriedWorkflow): Promise<void> {
	const { sandbox } = workflow;
	const url = await workflow.activate();
	const question = { campaign_id: 'c-1', dispatch_id: 'd-1', user_id: FIRST };
	const headers = { 'x-braze-secret': sandbox.braze.webhookSecret };
	const ask = async () =>
		(await axios.post<{ status: string; code: string }>(url, question, { headers })).data;
	const answers = [await ask(), await ask()];
	const codes = codesOf(sandbox, FIRST);
	assert.equal(codes.length, 1);
	for (const { status, code } of answers) assert.deepEqual([status, code], ['success', codes[0]]);
}

async function brazeAudience(workflow: TriedWorkflow): Promise<void> {
	await brazeSends(workflow, { action: 'add', user_id: FIRST, audience_id: 'vip', first_name: 'Ada' });
	const { data } = await workflow.call('GET', `/v1/customers/${FIRST}`);
	assert.deepEqual(data.metadata.brazeAudiences, ['vip']);
}

async function brazeEvent(workflow: TriedWorkflow): Promise<void> {
	const properties = { page: '/spring' };
	await brazeSends(workflow, { event: 'page_viewed', user_id: FIRST, dispatch_id: 'd-1', properties });
	assert.equal(workflow.sandbox.log.totals['POST /v1/events'], 1);
	const { data } = await workflow.call('GET', `/v1/customers/${FIRST}/activity`);
	assert.match(JSON.stringify(data), /"page":"\/spring"/);
}

async function eventsToBraze(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	await introduce(workflow);
	const cause = causeOf('a code that is redeemed');
	await cause.before?.(call);
	const { webhooks } = sandbox.voucherify.state;
	webhooks.addTarget('project', await workflow.activate(), undefined, ['redemption.succeeded']);
	await cause.act(call);
	await webhooks.settled();
	await workflow.executions(1);
	const [event] = profileOf(sandbox, CUSTOMER.source_id).events;
	assert.equal(event?.name, 'voucherify.redemption.succeeded');
	assert.equal(event?.properties?.['value'], '20%');
}

async function brazeSegment(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	const users = Array.from({ length: 50 }, (_, n) => `braze-${n}`);
	for (const external_id of users) {
		sandbox.braze.state.track({ attributes: [{ external_id, email: `${external_id}@braze.example` }] });
	}
	await workflow.run();
	for (const user of users) {
		assert.equal((await call('GET', `/v1/customers/${user}`)).data.email, `${user}@braze.example`);
	}
}

async function lowStock(workflow: TriedWorkflow): Promise<void> {
	await workflow.call('POST', '/v1/publications', publicationOf(FIRST, 'Newsletter Codes'));
	const [alert] = itemsOf(await workflow.run(), 'The alert');
	assert.deepEqual(alert?.json, {
		subject: 'Promotion codes are running low: Newsletter Codes',
		text: 'At most 999 codes are left, fewer than 1000. Of 1000 codes, 1 are published and 0 redeemed in Voucherify.',
	});
}

async function cartAbandoned(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	await introduce(workflow);
	const metadata = { cart_id: 'cart-1' };
	await distribute(workflow, () =>
		call('POST', '/v1/events', { event: 'cart_abandoned', customer: CUSTOMER, metadata }),
	);
	const [code] = codesOf(sandbox, CUSTOMER.source_id);
	assert.match(String(code), /^EURO-/);
	const entries = sandbox.braze.state.sends.all.flatMap(({ kind, recipients }) =>
		recipients.map(({ outcome, properties }) => ({ kind, outcome, properties: { ...properties } })),
	);
	const properties = { code, expires: '', ...metadata };
	assert.deepEqual(entries, [{ kind: 'canvas', outcome: 'sent', properties }]);
}

async function birthdayGift(workflow: TriedWorkflow): Promise<void> {
	// The workflow gives to those of yesterday too, so that a day that begins meanwhile doesn't matter.
	const today = new Intl.DateTimeFormat('sv-SE', { timeZone: N8N_TIME_ZONE }).format();
	const birthdate = `1996${today.slice(4)}`;
	await workflow.call('POST', '/v1/customers', { source_id: 'born-today', birthdate });
	await workflow.run();
	await workflow.run();
	const cards = codesOf(workflow.sandbox, 'born-today');
	assert.equal(cards.length, 1);
	assert.equal(
		profileOf(workflow.sandbox, 'born-today').customAttributes['voucherify_birthday_code'],
		cards[0],
	);
}

async function winBack(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	await introduce(workflow);
	const filter = { junction: 'AND', 'metadata.active': { conditions: { $is: ['yes'] } } };
	await call('POST', '/v1/segments', { name: 'Active customers', type: 'auto-update', filter });
	const set = (active: string) =>
		call('PUT', `/v1/customers/${CUSTOMER.source_id}`, { metadata: { active } });
	await set('yes');
	await distribute(workflow, () => set('no'));
	await expectDelivered(sandbox, 1);
	const profile = profileOf(sandbox, CUSTOMER.source_id);
	const [code] = codesOf(sandbox, CUSTOMER.source_id);
	assert.equal(profile.customAttributes['voucherify_win_back_code'], code);
	assert.equal(profile.events[0]?.name, 'voucherify.win_back');
}

async function loyaltyTiers(workflow: TriedWorkflow): Promise<void> {
	const { sandbox, call } = workflow;
	await introduce(workflow);
	const cause = causeOf('a member who reaches the first tier');
	await cause.before?.(call);
	await distribute(workflow, () => cause.act(call));
	assert.equal(profileOf(sandbox, CUSTOMER.source_id).customAttributes['loyalty_tier'], 'Silver');
}

async function queueMode(workflow: TriedWorkflow): Promise<void> {
	await workflow.activate();
	await workflow.run();
	// The run by hand, and the chunk that it hands to the webhook.
	await workflow.executions(2);
	await expectDelivered(workflow.sandbox, CUSTOMERS);
}

/** The trial of each workflow, by its file. */
export const TRIALS: Readonly<Record<string, Trial>> = {
	'01-manual-distribution.json': manualDistribution,
	'02-event-driven.json': eventDriven,
	'03-promotion-code-list.json': promotionCodeList,
	'04-recurring.json': recurring,
	'05-connected-content.json': connectedContent,
	'06-braze-audience.json': brazeAudience,
	'07-braze-event.json': brazeEvent,
	'08-events-to-braze.json': eventsToBraze,
	'09-braze-segment.json': brazeSegment,
	'10-low-stock.json': lowStock,
	'11-cart-abandoned.json': cartAbandoned,
	'12-birthday-gift.json': birthdayGift,
	'13-win-back.json': winBack,
	'14-loyalty-tiers.json': loyaltyTiers,
	'15-queue-mode-split-distribution.json': queueMode,
};
