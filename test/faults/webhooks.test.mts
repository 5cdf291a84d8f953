import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { Random } from '../../sandbox/common/random.mts';
import { serveTrigger, type TriggerServer } from '../nodes/webhook-server.mts';

const SECRET = 'signing-secret-of-the-project';
const DELIVERIES = 10_000;
const AT_ONCE = 64;
/** A repeat comes at most so many deliveries later; the trigger remembers a thousand. */
const REPEATED_WITHIN = 400;

type Kind = 'genuine' | 'repeated' | 'forged' | 'truncated' | 'unsigned';

interface Delivery {
	readonly kind: Kind;
	readonly body: string;
	readonly signature: string | undefined;
}

const sign = (body: string, secret = SECRET): string =>
	createHmac('sha256', secret).update(body).digest('hex');
const eventNumber = (n: number): string =>
	JSON.stringify({
		id: `whs_${n}`,
		created_at: '2026-06-01T10:00:01.000Z',
		type: 'voucher.published',
		data: { voucher: { code: `CODE-${n}` }, customer: { source_id: `customer-${n}` } },
		source: { id: 'wh_1', object: 'webhook' },
		event: { id: `ev_${n}`, type: 'voucher.published', created_at: '2026-06-01T10:00:00.000Z' },
	});

/** Genuine events out of order, their repeats a while later, and what others made of them. */
function deliveries(random: Random): Delivery[] {
	const timeline: Array<{ readonly at: number; readonly delivery: Delivery }> = [];
	const add = (at: number, kind: Kind, body: string, signature?: string): number =>
		timeline.push({ at, delivery: { kind, body, signature } });
	// Only the test button sends an ID of zeros, and that is never dropped.
	for (let n = 1; timeline.length < DELIVERIES; n++) {
		const body = eventNumber(n);
		const signature = sign(body);
		const at = n + random.integer(0, 50);
		add(at, 'genuine', body, signature);
		switch (n % 5) {
			case 0:
				add(at + random.integer(0, REPEATED_WITHIN / 4), 'repeated', body, signature);
				break;
			case 1:
				add(at, 'forged', eventNumber(1_000_000 + n), sign(eventNumber(1_000_000 + n), 'guessed'));
				break;
			case 2:
				add(at, 'truncated', body.slice(0, random.integer(1, body.length - 1)), signature);
				break;
			case 3:
				add(at, 'unsigned', eventNumber(2_000_000 + n));
				break;
		}
	}
	return timeline.sort((one, other) => one.at - other.at).map(({ delivery }) => delivery);
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
afterAll(() => agent.destroy());

async function send({ url }: TriggerServer, { body, signature }: Delivery): Promise<number> {
	const headers = {
		'content-type': 'application/json',
		...(signature === undefined ? {} : { 'x-voucherify-signature': signature }),
	};
	return await new Promise((resolve, reject) => {
		request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume().on('end', () => resolve(response.statusCode ?? 0));
		})
			.on('error', reject)
			.end(body);
	});
}

test(`of ${DELIVERIES} deliveries, ${AT_ONCE} at a time, every genuine event starts the workflow once and nothing else does`, async () => {
	const server = await serveTrigger({
		node: new VoucherifyTrigger(),
		parameters: { events: ['*'], simple: false },
		credentials: { voucherifyApi: { applicationId: 'app', secretKey: 'key', webhookSecret: SECRET } },
	});
	try {
		const all = deliveries(new Random(1, 'webhooks'));
		const statuses = new Map<Kind, Map<number, number>>();
		let next = 0;
		const sender = async (): Promise<void> => {
			for (let at = next++; at < all.length; at = next++) {
				const delivery = all[at];
				if (delivery === undefined) return;
				const status = await send(server, delivery);
				const known = statuses.get(delivery.kind) ?? new Map<number, number>();
				statuses.set(delivery.kind, known.set(status, (known.get(status) ?? 0) + 1));
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, sender));

		const of = (kind: Kind): number => all.filter((delivery) => delivery.kind === kind).length;
		const answered = Object.fromEntries(
			[...statuses].map(([kind, counts]) => [kind, Object.fromEntries(counts)]),
		);
		expect(answered).toEqual({
			genuine: { 200: of('genuine') },
			repeated: { 200: of('repeated') },
			forged: { 401: of('forged') },
			truncated: { 401: of('truncated') },
			unsigned: { 401: of('unsigned') },
		});
		for (const kind of ['repeated', 'forged', 'truncated', 'unsigned'] as const)
			expect(of(kind)).toBeGreaterThan(500);
		const started = server.executions.map(([item]) => String(item?.json.id));
		expect(started.length).toBe(of('genuine'));
		const genuine = all.filter(({ kind }) => kind === 'genuine');
		expect(new Set(started)).toEqual(
			new Set(genuine.map(({ body }) => (JSON.parse(body) as { id: string }).id)),
		);
	} finally {
		await server.close();
	}
}, 120_000);
