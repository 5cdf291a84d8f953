import axios from 'axios';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { brazeCall } from './braze-call.mts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const summary = async () => (await axios.get(`${sandbox.dashboard}/_sandbox/summary`)).data;
const track = (body: unknown) => brazeCall(sandbox)('POST', '/users/track', body);

function publish(customer: string): { code: string; campaign: string } {
	const { publications, campaigns } = sandbox.voucherify.state;
	const name = campaigns.all.find(({ settings }) => settings.stockType === 'AUTO_UPDATE')?.name ?? '';
	const publication = publications.publish({ campaign: { name }, customer: { source_id: customer } }, false);
	return { code: publication.vouchers[0].code, campaign: name };
}

test('the page and all that it loads come from the sandbox, and ask no other host for anything', async () => {
	const { data, headers } = await axios.get<string>(sandbox.dashboard);
	expect(headers['content-type']).toContain('text/html');
	expect(data).toContain('</html>');
	const files = new Set(data.match(/\/files\/[\w.]+/g));
	expect(files.size).toBeGreaterThan(5);
	for (const file of files) {
		const { data: content, headers: of } = await axios.get<string>(sandbox.dashboard + file);
		expect(of['content-type']).toMatch(/^text\/(javascript|css)/);
		for (const [, name] of content.matchAll(/from '\.\/([\w.]+)'/g)) files.add(`/files/${name}`);
	}
	expect([...files]).toContain('/files/webhooks.mjs');
	const addresses = data.match(/(?:https?:)?\/\/[\w.-]+/g) ?? [];
	expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([]);
});

test('nothing but the files of the page is served', async () => {
	const get = (path: string) => axios.get(sandbox.dashboard + path, { validateStatus: () => true });
	for (const path of [
		'/files/package.json',
		'/files/..%2Fpage.mts',
		'/files/__proto__',
		'/files/constructor',
	])
		expect((await get(path)).status).toBe(404);
});

test('campaigns come with their stock, publications and profiles with the newest first', async () => {
	const first = publish('customer-a');
	const second = publish('customer-b');
	await track({ attributes: [{ external_id: 'customer-a', email: 'a@example.com', code: first.code }] });
	await track({ events: [{ external_id: 'customer-b', name: 'visit', time: '2026-01-01' }] });
	const { voucherify, braze } = await summary();
	expect(voucherify.published).toBe(2);
	expect(voucherify.campaigns).toContainEqual(
		expect.objectContaining({ name: first.campaign, published: 2 }),
	);
	expect(voucherify.campaigns.some(({ codes }: { codes: number | null }) => codes !== null)).toBe(true);
	expect(voucherify.publications).toMatchObject([
		{ customer: 'customer-b', campaign: second.campaign, codes: [second.code] },
		{ customer: 'customer-a', codes: [first.code] },
	]);
	expect(braze).toMatchObject({
		profiles: 2,
		latestProfiles: [
			{ user: 'customer-b', events: 1 },
			{ user: 'customer-a', fields: ['a@example.com'], attributes: [{ name: 'code', value: first.code }] },
		],
	});
});

test('a code on a profile is recognised, and so is one that was published to somebody else', async () => {
	const { code, campaign } = publish('customer-a');
	await track({
		attributes: [
			{ external_id: 'customer-b', code },
			{ external_id: 'customer-a', code },
		],
	});
	const { latestProfiles } = (await summary()).braze;
	expect(latestProfiles[0].attributes).toEqual([
		{ name: 'code', value: code, codes: [{ text: code, campaign, holdsIt: true }] },
	]);
	expect(latestProfiles[1].attributes).toEqual([
		{ name: 'code', value: code, codes: [{ text: code, campaign, holdsIt: false }] },
	]);
});

test('codes within arrays and objects are recognised', async () => {
	const { code, campaign } = publish('customer-a');
	await track({ attributes: [{ external_id: 'customer-a', offers: [{ code, until: '2026-12-31' }] }] });
	expect((await summary()).braze.latestProfiles[0].attributes[0].codes).toEqual([
		{ text: code, campaign, holdsIt: true },
	]);
});

test('events and purchases are shown with whose they are, latest first', async () => {
	await track({
		events: [{ external_id: 'a', name: 'visit', time: '2026-01-01T00:00:00Z', properties: { page: 'home' } }],
		purchases: [
			{ external_id: 'b', product_id: 'sku', currency: 'EUR', price: 2, time: '2026-01-02T00:00:00Z' },
		],
	});
	expect((await summary()).braze.events).toMatchObject([
		{ user: 'b', name: 'bought sku', details: { price: 2, currency: 'EUR' } },
		{ user: 'a', name: 'visit', details: { page: 'home' } },
	]);
});

test('requests are counted by service, and those refused beside the limit', async () => {
	const limited = await startSandbox({ brazeRateLimit: 60 });
	try {
		limited.faults.add({ service: 'braze', kind: 'status', status: 429, times: 1 });
		const call = brazeCall(limited);
		await call('GET', '/campaigns/list');
		await call('GET', '/campaigns/list');
		const { rates } = (await axios.get(`${limited.dashboard}/_sandbox/summary`)).data;
		const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
		expect(sum(rates.braze.requests)).toBe(2);
		expect(sum(rates.braze.refused)).toBe(1);
		expect(sum(rates.voucherify.requests)).toBe(0);
		expect(rates.braze.limit).toBe(1);
		expect(rates.voucherify.limit).toBeNull();
	} finally {
		await limited.close();
	}
});

test('an event that Voucherify does not have is refused', async () => {
	const fire = (type?: string) =>
		axios.post(`${sandbox.dashboard}/_sandbox/window/events`, { type }, { validateStatus: () => true });
	expect(await fire('customer.flown')).toMatchObject({
		status: 400,
		data: { message: expect.stringContaining('customer.flown') },
	});
	expect((await fire()).status).toBe(400);
});

test('requests are shown, without the keys they came with', async () => {
	await track({ attributes: [] });
	const answer = await summary();
	expect(answer.requests).toMatchObject({
		total: 1,
		latest: [{ service: 'braze', method: 'POST', path: '/users/track', status: 400 }],
	});
	expect(JSON.stringify(answer)).not.toContain(sandbox.braze.apiKey);
});

test('uploaded promotion codes are shown with count and first codes', async () => {
	const csv = { 'Content-Type': 'text/csv' };
	await brazeCall(sandbox)('POST', '/_sandbox/promotion-lists/spring25', 'A\nB\nC\nD', csv);
	expect((await summary()).braze.promotionLists).toEqual([
		{ name: 'spring25', count: 4, first: ['A', 'B', 'C'] },
	]);
});

test('the summary has the same size whatever is stored', async () => {
	const sizeWith = async (users: number) => {
		for (let start = 0; start < users; start += 75) {
			const ids = Array.from({ length: 75 }, (_, i) => String(100_000 + start + i));
			await track({ attributes: ids.map((external_id) => ({ external_id, code: external_id })) });
		}
		return (await summary()).braze.latestProfiles.length;
	};
	expect(await sizeWith(75)).toBe(20);
	expect(await sizeWith(3_000)).toBe(20);
});
