// The sandbox's page in a real browser.
import type { Browser, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { findBrowser, startBrowser } from '../e2e/browser.mts';
import { brazeCall } from './braze-call.mts';
import { startServer, type Answer, type ScriptedServer } from '../nodes/scripted-server.mts';

const found = findBrowser();
if ('missing' in found) console.warn(`Skipped: ${found.missing}`);
const inBrowser = 'missing' in found ? describe.skip : describe;

inBrowser('the window', () => {
	let sandbox: Sandbox;
	let browser: Browser;
	let page: Page;
	let receiver: ScriptedServer;
	let answer: Answer = {};
	const problems: string[] = [];
	const hosts = new Set<string>();

	beforeAll(async () => {
		sandbox = await startSandbox({ brazeRateLimit: 600 });
		receiver = await startServer(() => answer);
		browser = await startBrowser('path' in found ? found.path : '');
	}, 60_000);
	beforeEach(async () => {
		sandbox.reset();
		answer = {};
		problems.length = 0;
		receiver.received.length = 0;
		hosts.clear();
		page = await browser.newPage();
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('console', (said) => {
			if (said.type() === 'error') problems.push(said.text());
		});
		page.on('request', (request) => hosts.add(new URL(request.url()).origin));
		await page.goto(sandbox.dashboard);
		await page.getByText('live,').waitFor();
	});
	afterEach(async () => {
		await page.close();
		expect(problems).toEqual([]);
		expect([...hosts]).toEqual([sandbox.dashboard]);
	});
	afterAll(async () => {
		await browser?.close();
		await receiver?.close();
		await sandbox?.close();
	});

	const card = (title: string) => page.getByRole('region', { name: title });
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
	const track = (body: unknown) => brazeCall(sandbox)('POST', '/users/track', body);

	/** Gives a customer of that name a code, and puts it on their profile. */
	async function deliver(customer: string): Promise<string> {
		const request = { campaign: { name: 'Newsletter Codes' }, customer: { source_id: customer } };
		const { code } = sandbox.voucherify.state.publications.publish(request, false).vouchers[0];
		await track({
			attributes: [{ external_id: customer, voucherify_code: code, note: '<img src=x onerror=alert(1)>' }],
			events: [{ external_id: customer, name: 'code_published', time: '2026-01-01T00:00:00Z' }],
		});
		return code;
	}

	async function addReceiver(): Promise<void> {
		await page.getByLabel('URL of a receiver').fill(`${receiver.url}/hook`);
		await press('Add');
		await card('Webhooks and their retries').getByText('1 receiver').waitFor();
	}

	test('shows what a flow did without being asked: stock, publication, profile, code and event', async () => {
		const code = await deliver('anna');
		await card('Newest publications').getByText(code).waitFor();
		await card('Voucherify campaigns').getByText('999 of 1,000 left').waitFor();
		const profiles = card('Braze profiles, latest changed first');
		await profiles.getByText('anna').waitFor();
		await profiles.getByText('✓ Newsletter Codes').waitFor();
		await card('Latest events in Braze').getByText('code_published').waitFor();
		await card('Recent requests').getByText('POST /users/track').waitFor();
	});

	test('values from the services become text, never markup', async () => {
		await deliver('anna');
		await page.getByText('<img src=x onerror=alert(1)>').waitFor();
		expect(await page.locator('img[src=x]').count()).toBe(0);
	});

	test('the QR code of a code on a profile opens, and costs the services no request', async () => {
		const code = await deliver('anna');
		await page.getByTitle('Show its QR code').filter({ hasText: '✓' }).click();
		const picture = page.getByRole('dialog').getByAltText(`QR code of ${code}`);
		await picture.waitFor();
		await page.waitForFunction(
			"[...document.querySelectorAll('dialog img')].every((image) => image.naturalWidth > 0)",
		);
		await page.getByRole('button', { name: 'Close' }).click();
		await picture.waitFor({ state: 'detached' });
		expect(Object.keys(sandbox.log.totals)).toEqual(['POST /users/track']);
	});

	test('the plot is drawn, with the limit in words', async () => {
		await track({ attributes: [] });
		await page.locator('.plot canvas').waitFor();
		await card('Requests per second').getByText('limit 10').waitFor();
		await card('Requests per second').getByText('no limit').waitFor();
	});

	test('a list of promotion codes appears', async () => {
		const csv = { 'Content-Type': 'text/csv' };
		await brazeCall(sandbox)('POST', '/_sandbox/promotion-lists/spring25', 'A1\nB2\n', csv);
		await card('Promotion code lists in Braze').getByText('spring25').waitFor();
		await card('Promotion code lists in Braze').getByText('2 codes').waitFor();
	});

	test('every event of the integration has a button, and reaches a receiver that was added', async () => {
		await addReceiver();
		const steering = card('Let something happen');
		const titles = await steering
			.locator('.buttons button')
			.evaluateAll((buttons) => buttons.map((button) => button.title));
		expect(titles).toHaveLength(15);
		for (const title of titles) {
			await steering.getByTitle(title, { exact: true }).click();
			await page.getByRole('status').getByText(`${title} was fired.`).waitFor();
		}
		await sandbox.voucherify.state.webhooks.settled();
		const sent = receiver.received.map(({ body }) => JSON.parse(body).event.type);
		expect(sent.sort()).toEqual([...titles].sort());
		await card('Webhooks and their retries').getByText('delivered').first().waitFor();
	});

	test('an event without a receiver says so', async () => {
		await press('order.paid');
		await page.getByRole('status').getByText('nobody listens').waitFor();
	});

	test('customers enter and leave segments, and receivers are told', async () => {
		await press('That customer leaves');
		await page.getByRole('status').getByText('Let a customer enter first').waitFor();
		expect(problems.splice(0)).toEqual([expect.stringContaining('409')]);
		await addReceiver();
		await press('A new customer enters');
		await page.getByRole('status').getByText('entered All customers, New customers').waitFor();
		await press('That customer leaves');
		await page.getByRole('status').getByText('left All customers, New customers').waitFor();
		await sandbox.voucherify.state.webhooks.settled();
		const types = receiver.received.map(({ body }) => JSON.parse(body).event.type);
		expect(types.filter((type) => type === 'customer.segment.entered')).toHaveLength(2);
		expect(types.filter((type) => type === 'customer.segment.left')).toHaveLength(2);
	});

	test('a webhook that fails is shown with its retry, which comes when the clock moves', async () => {
		answer = { status: 500 };
		await addReceiver();
		await press('order.paid');
		const webhooks = card('Webhooks and their retries');
		await webhooks.getByText('1 try: 500').waitFor();
		await webhooks.getByText('again at').waitFor();
		answer = {};
		await press('+1 min');
		await webhooks.getByText('2 tries: 500, 200').waitFor();
	});

	test('a fault is switched on, seen at work, and switched off', async () => {
		await page.getByLabel('Fault', { exact: true }).selectOption('Server error (500)');
		await page.getByLabel('How many times').fill('2');
		await press('Switch on');
		await page.getByText('braze · status · 0 of 2').waitFor();
		expect((await track({ attributes: [] })).status).toBe(500);
		await page.getByText('braze · status · 1 of 2').waitFor();
		await card('Recent requests').getByText('fault: status before').waitFor();
		await press('Switch this fault off');
		await page.getByText('braze · status').waitFor({ state: 'detached' });
		expect((await track({ attributes: [] })).status).toBe(400);
	});

	test('starting over forgets everything, after a question', async () => {
		await deliver('anna');
		await card('Braze profiles, latest changed first').getByText('anna').waitFor();
		page.once('dialog', (dialog) => void dialog.dismiss());
		await press('Start over');
		expect(sandbox.braze.state.profiles.size).toBe(1);
		page.once('dialog', (dialog) => void dialog.accept());
		await press('Start over');
		await page.getByText('Braze has no profiles yet.').waitFor();
		expect(sandbox.braze.state.profiles.size).toBe(0);
	});

	test.each([1280, 500])('nothing sticks out at a width of %i', async (width) => {
		await page.setViewportSize({ width, height: 900 });
		await deliver('anna-with-a-name-that-is-much-longer-than-any-line-of-the-page-could-be-expected-to-hold');
		await addReceiver();
		await card('Newest publications').getByText('anna-with').waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
	});
});
