import type { INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.mts';
import { customers, jsonOf, publishing, requests, runVoucherify } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

async function getMany(resource: string, parameters: INodeParameters = {}) {
	const { items, error } = await runVoucherify(sandbox, {
		resource,
		operation: 'getAll',
		returnAll: true,
		simple: true,
		order: '-created_at',
		...parameters,
	});
	expect(error).toBeUndefined();
	return jsonOf(items);
}
const queryOf = (path: string, index = 0) =>
	Object.fromEntries(
		new URL(requests(sandbox, 'GET', path)[index]?.path ?? '', sandbox.voucherify.url).searchParams,
	);

describe('Campaigns', () => {
	test('all of them, simplified or whole', async () => {
		const { all } = sandbox.voucherify.state.campaigns;
		const simple = await getMany('campaign');
		expect(simple.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
		const whole = await getMany('campaign', { simple: false });
		whole.forEach((campaign, n) => expect(campaign).toMatchObject(simple[n] ?? {}));
		expect(whole[0]).toHaveProperty('creation_status');
		expect(simple[0]).not.toHaveProperty('creation_status');
	});

	test('of one type', async () => {
		const found = await getMany('campaign', { filters: { type: 'GIFT_VOUCHERS', status: 'DONE' } });
		expect(found.map(({ name }) => name)).toEqual(['Welcome Gift Card']);
		expect(queryOf('/v1/campaigns')).toMatchObject({
			campaign_type: 'GIFT_VOUCHERS',
			campaign_status: 'DONE',
		});
	});
});

describe('Segments', () => {
	test('all of them', async () => {
		const { all } = sandbox.voucherify.state.segments;
		expect((await getMany('segment')).map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
	});

	test('more than a page of them, each once, although their list has no page numbers', async () => {
		const { segments } = sandbox.voucherify.state;
		const start = Date.UTC(2026, 5, 1);
		// Groups of 30 that share a moment lie across the borders of pages.
		for (let n = 0; n < 321; n++) {
			segments.add(`Segment ${n}`, { type: 'static', ids: new Set() }, [], start + Math.floor(n / 30));
		}
		const found = await getMany('segment');
		expect(new Set(found.map(({ id }) => id)).size).toBe(325);
		expect(found).toHaveLength(325);
		expect(await getMany('segment', { returnAll: false, limit: 120 })).toHaveLength(120);
	});
});

describe('Publications', () => {
	test('filtered by campaign, customer, code, key and result, in the order asked for', async () => {
		const { items } = await runVoucherify(
			sandbox,
			publishing('Free Coffee', { requestSettings: { concurrency: 1 } }),
			customers(3),
		);
		await runVoucherify(sandbox, publishing('10 Euro Off'), customers(3));
		const published = jsonOf(items);
		expect(await getMany('publication')).toHaveLength(6);
		const ofCampaign = await getMany('publication', {
			filters: { campaign: 'Free Coffee', result: 'SUCCESS' },
			order: 'created_at',
		});
		expect(ofCampaign.map(({ code }) => code)).toEqual(published.map(({ code }) => code));
		expect(ofCampaign[0]).toMatchObject({
			id: published[0]?.id,
			source_id: published[0]?.source_id,
			customer: published[0]?.customer,
			campaign: { name: 'Free Coffee' },
		});
		expect(await getMany('publication', { filters: { customer: 'customer-000002' } })).toHaveLength(2);
		const byCode = await getMany('publication', { filters: { voucher: String(published[1]?.code) } });
		expect(byCode.map(({ id }) => id)).toEqual([published[1]?.id]);
		const byKey = await getMany('publication', { filters: { sourceId: String(published[2]?.source_id) } });
		expect(byKey.map(({ id }) => id)).toEqual([published[2]?.id]);
	});

	test('250 come page by page, each once', async () => {
		await runVoucherify(sandbox, publishing('Free Coffee'), customers(250));
		sandbox.log.clear();
		const found = await getMany('publication');
		expect(new Set(found.map(({ id }) => id)).size).toBe(250);
		expect(requests(sandbox, 'GET', '/v1/publications')).toHaveLength(3);
		expect(await getMany('publication', { returnAll: false, limit: 120 })).toHaveLength(120);
	});

	test('more than Voucherify lists: fails with what to do instead of giving a part of them', async () => {
		const body = { object: 'list', data_ref: 'publications', publications: [{ id: 'pub_1' }], total: 10_001 };
		sandbox.faults.add({
			service: 'voucherify',
			path: '/v1/publications',
			kind: 'status',
			status: 200,
			body,
		});
		const { error } = await runVoucherify(sandbox, {
			resource: 'publication',
			operation: 'getAll',
			returnAll: true,
			order: 'created_at',
		});
		expect(error?.message).toContain('Voucherify lists at most 10,000 publications, and there are 10,001');
		expect(error?.description).toContain('export the publications instead');
		expect(requests(sandbox, 'GET', '/v1/publications')).toHaveLength(1);
	});
});
