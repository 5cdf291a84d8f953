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

test('the page is served whole, and asks no other host for anything', async () => {
	const { data, headers } = await axios.get<string>(sandbox.dashboard);
	expect(headers['content-type']).toContain('text/html');
	expect(data).toContain('</html>');
	const addresses = data.match(/(?:https?:)?\/\/[\w.-]+/g) ?? [];
	expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([]);
});

test('the script of the page is JavaScript', async () => {
	const { data } = await axios.get<string>(sandbox.dashboard);
	const script = /<script>(.*)<\/script>/s.exec(data)?.[1] ?? '';
	expect(script).toContain('/_sandbox/summary');
	expect(() => new Function(script)).not.toThrow();
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
		{ name: 'code', value: code, code: { campaign, holdsIt: true } },
	]);
	expect(latestProfiles[1].attributes).toEqual([
		{ name: 'code', value: code, code: { campaign, holdsIt: false } },
	]);
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
