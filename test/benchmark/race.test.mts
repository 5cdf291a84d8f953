import { median, runRace, type Contestant } from '../../benchmark/race.mts';

/** A contestant that takes the given times, one a turn, and notes when it is its turn. */
function taking(name: string, walls: readonly number[], order: string[], times?: number): Contestant {
	let turn = 0;
	return {
		name,
		times,
		run: async () => {
			order.push(name);
			const wall = walls[turn++] ?? Number.NaN;
			return await Promise.resolve({ wall, requests: 1, memory: 10 * wall });
		},
	};
}

test('the median is the middle one, of an even count the mean of the two', () => {
	expect(median([3, 1, 2])).toBe(2);
	expect(median([4, 1, 3, 2])).toBe(2.5);
	expect(median([7])).toBe(7);
	expect(median([])).toBeNaN();
});

test('contestants warm up, take turns, each beginning once, and are compared turn by turn', async () => {
	const order: string[] = [];
	const contestants = [
		taking('node', [99, 1, 10, 2], order),
		taking('script', [98, 2, 30, 3], order),
		taking('slow', [70], order, 1),
	] as const;
	const run = async (measure: (what: string) => void) =>
		await runRace({ title: '', contestants: [...contestants] }, 3, measure, () => undefined);
	const results = await run((what) => order.push(what));
	expect(order.join(' ')).toBe(
		[
			'memory node memory script',
			'time node time script memory slow',
			'time script time node',
			'time node time script',
		].join(' '),
	);
	expect(results.map(({ wall }) => wall)).toEqual([2, 3, 70]);
	// 2, 3 and 1.5 times: a turn in which the machine was slow counts like the others.
	expect(results.map(({ ratio }) => ratio)).toEqual([1, 2, 70]);
	expect(results.map(({ memory }) => memory)).toEqual([990, 980, 700]);
});

test('what a contestant can’t do ends the race with its reason', async () => {
	const failing: Contestant = {
		name: 'node',
		run: async () => await Promise.reject(new Error('A promise is broken: 1 of 2 arrived')),
	};
	const race = { title: '', contestants: [failing] } as const;
	const nobody = () => undefined;
	await expect(runRace(race, 3, nobody, nobody)).rejects.toThrow('1 of 2 arrived');
});
