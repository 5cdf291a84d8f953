import fc from 'fast-check';
import { RateLimit } from '../../nodes/common/rateLimit';

/** A clock that stands still until told otherwise. */
function clock(): { now(): number; pass(ms: number): void } {
	let time = Date.UTC(2026, 10, 23, 12);
	return { now: () => time, pass: (ms) => void (time += ms) };
}

async function answered(limit: RateLimit, reading?: { remaining: number; resetsAt: number }): Promise<void> {
	await limit.enter(undefined, () => {});
	limit.leave(reading);
}

describe('Requests keep to the window that the service announces', () => {
	test('as many go as are left, those under way taken off, then none until it ends', async () => {
		const { now, pass } = clock();
		const limit = new RateLimit(0, now);
		await answered(limit, { remaining: 2, resetsAt: now() + 10_000 });
		expect(limit.delay().all).toBe(0);
		await limit.enter(undefined, () => {});
		expect(limit.delay().all).toBe(0);
		await limit.enter(undefined, () => {});
		// Two are left, and two are under way.
		expect(limit.delay()).toEqual({ asked: 0, all: 10_000 });
		limit.leave({ remaining: 1, resetsAt: now() + 10_000 });
		limit.leave({ remaining: 0, resetsAt: now() + 10_000 });
		expect(limit.delay()).toEqual({ asked: 10_000, all: 10_000 });
		pass(9_999);
		expect(limit.delay().all).toBe(1);
		pass(1);
		expect(limit.delay().all).toBe(0);
	});

	test('answers that overtake each other do not make room', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		await answered(limit, { remaining: 9, resetsAt: now() + 10_000 });
		for (let n = 0; n < 3; n++) await limit.enter(undefined, () => {});
		limit.leave({ remaining: 0, resetsAt: now() + 10_000 });
		limit.leave({ remaining: 2, resetsAt: now() + 9_400 });
		limit.leave({ remaining: 1, resetsAt: now() + 10_900 });
		expect(limit.delay().asked).toBeGreaterThan(0);
	});

	test('a new window makes room', async () => {
		const { now, pass } = clock();
		const limit = new RateLimit(0, now);
		await answered(limit, { remaining: 0, resetsAt: now() + 1_000 });
		pass(1_000);
		await answered(limit, { remaining: 50, resetsAt: now() + 60_000 });
		expect(limit.delay().all).toBe(0);
	});

	test('a request without an answer is taken to have counted', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		await answered(limit, { remaining: 2, resetsAt: now() + 1_000 });
		await answered(limit);
		await answered(limit);
		expect(limit.delay().asked).toBe(1_000);
	});

	test('a service that announces nothing is not waited for', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		for (let n = 0; n < 100; n++) await answered(limit);
		expect(limit.delay()).toEqual({ asked: 0, all: 0 });
	});

	test('what is left of a window that is over, or of none, means nothing', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		await answered(limit, { remaining: 0, resetsAt: now() - 1 });
		expect(limit.delay().all).toBe(0);
	});

	test('a server’s count is never exceeded, whatever the order of requests and answers', async () => {
		const steps = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant('send' as const) }, fc.nat(20)), {
			maxLength: 120,
		});
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 10 }), steps, async (allowed, plan) => {
				const { now, pass } = clock();
				const limit = new RateLimit(0, now);
				let server = { ends: now() + 1_000, used: 0 };
				const answers: Array<{ remaining: number; resetsAt: number }> = [];
				for (const step of plan) {
					if (step === 'send') {
						// The first request of a window waits for what is still under way, and is answered before the next one goes.
						if (limit.delay().all > 0 || (server.used === 0 && answers.length > 0)) continue;
						await limit.enter(undefined, () => {});
						server.used++;
						expect(server.used).toBeLessThanOrEqual(allowed);
						const reading = { remaining: allowed - server.used, resetsAt: server.ends };
						if (server.used === 1) limit.leave(reading);
						else answers.push(reading);
					} else if (answers.length > 0) {
						limit.leave(answers.splice(step % answers.length, 1)[0]);
					} else {
						pass(server.ends - now());
						server = { ends: now() + 1_000, used: 0 };
					}
				}
			}),
		);
	});
});

describe('The first request', () => {
	test('goes by itself, and lets the others go with its answer', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		const order: string[] = [];
		await limit.enter(undefined, () => {});
		const others = [1, 2].map(async (n) => {
			await limit.enter(undefined, () => {});
			order.push(`other ${n}`);
		});
		await Promise.resolve();
		order.push('answer');
		limit.leave(undefined);
		await Promise.all(others);
		expect(order).toEqual(['answer', 'other 1', 'other 2']);
	});

	test('lets the others go when it fails, too, and those that are cancelled meanwhile give up', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		const cancel = new AbortController();
		await limit.enter(undefined, () => {});
		const other = limit.enter(cancel.signal, () => {});
		cancel.abort();
		limit.leave(undefined);
		await expect(other).rejects.toThrow('canceled');
	});
});

describe('A pause', () => {
	test('holds back all requests, and the longest one counts', () => {
		const { now, pass } = clock();
		const limit = new RateLimit(0, now);
		limit.pause(now() + 5_000);
		limit.pause(now() + 2_000);
		expect(limit.delay()).toEqual({ asked: 5_000, all: 5_000 });
		pass(5_000);
		expect(limit.delay().all).toBe(0);
	});

	test('that is too long can be refused before it starts', async () => {
		const { now } = clock();
		const limit = new RateLimit(0, now);
		limit.pause(now() + 3_600_000);
		const refuse = jest.fn(() => {
			throw new Error('too long');
		});
		await expect(limit.enter(undefined, refuse)).rejects.toThrow('too long');
		expect(refuse).toHaveBeenCalledWith(3_600_000, { asked: 3_600_000, all: 3_600_000 });
	});
});

describe('The user’s own limit', () => {
	test('spaces requests evenly, and is no wait that the service asked for', async () => {
		const { now, pass } = clock();
		const limit = new RateLimit(120, now);
		await answered(limit);
		expect(limit.delay()).toEqual({ asked: 0, all: 500 });
		pass(500);
		await answered(limit);
		pass(200);
		expect(limit.delay().all).toBe(300);
		pass(10_000);
		await answered(limit);
		// Time that nobody used is not saved up.
		expect(limit.delay().all).toBe(500);
	});
});

test('limits of several quotas share the user’s own', async () => {
	const { now, pass } = clock();
	const slots = { next: 0 };
	const [one, other] = [new RateLimit(60, now, slots), new RateLimit(60, now, slots)];
	await answered(one, { remaining: 0, resetsAt: now() + 10_000 });
	expect(one.delay()).toEqual({ asked: 10_000, all: 10_000 });
	expect(other.delay()).toEqual({ asked: 0, all: 1_000 });
	pass(1_000);
	await answered(other);
	expect(other.delay().all).toBe(1_000);
});
