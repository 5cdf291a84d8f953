import fc from 'fast-check';
import { inParallel } from '../../nodes/common/concurrency';

/** Lets everything that can go on go on. */
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

describe('Tasks that run several at once', () => {
	test('start in order, each once, never more at once than allowed, and always as many as allowed', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 30 }),
				fc.integer({ min: 1, max: 10 }),
				fc.array(fc.nat()),
				async (count, concurrency, choices) => {
					const started: number[] = [];
					const underWay: Array<() => void> = [];
					let ended = false;
					const all = inParallel(
						count,
						concurrency,
						async (index) => {
							started.push(index);
							await new Promise<void>((resolve) => underWay.push(resolve));
						},
						() => true,
					).then(() => {
						ended = true;
					});
					for (let done = 0; done < count; done++) {
						await turn();
						expect(underWay).toHaveLength(Math.min(concurrency, count - done));
						// Whichever of them ends first.
						underWay.splice((choices[done % Math.max(1, choices.length)] ?? 0) % underWay.length, 1)[0]?.();
					}
					await all;
					expect(ended).toBe(true);
					expect(started).toEqual(Array.from({ length: count }, (_, index) => index));
				},
			),
			{ numRuns: 50 },
		);
	});

	test('start no more when told to stop, and what is under way ends', async () => {
		const started: number[] = [];
		const ended: number[] = [];
		await inParallel(
			100,
			4,
			async (index) => {
				started.push(index);
				await turn();
				ended.push(index);
			},
			() => !started.includes(9),
		);
		expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(ended.sort((left, right) => left - right)).toEqual(started);
	});
});
