import { setTimeout as sleep } from 'node:timers/promises';
import { Slots } from '../../nodes/Voucherify/resources/distribution/slots';

test('so many are under way at once and no more, in the order in which they came, also when some fail', async () => {
	const slots = new Slots(3);
	const started: number[] = [];
	const counts = { now: 0, most: 0 };
	const work = async (n: number): Promise<number> => {
		started.push(n);
		counts.most = Math.max(counts.most, ++counts.now);
		await sleep(1);
		counts.now--;
		if (n % 4 === 0) throw new Error(`no ${n}`);
		return n;
	};
	const all = Array.from({ length: 20 }, (_, n) => n);
	const results = await Promise.allSettled(all.map(async (n) => await slots.use(async () => await work(n))));
	expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
	expect(started).toEqual(all);
	expect(counts).toEqual({ now: 0, most: 3 });
});
