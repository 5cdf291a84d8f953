import { Clock } from '../../sandbox/common/clock.mts';

const START = new Date('2026-01-01T00:00:00.000Z');

let clock: Clock;
beforeEach(() => {
	clock = new Clock(START);
});
afterEach(() => clock.close());

test('what falls due while the clock is moved happens in order, each at its own time', () => {
	const happened: string[] = [];
	const note = (name: string) => () =>
		happened.push(`${name} ${Math.round((clock.millis() - START.getTime()) / 1000)}`);
	clock.schedule(START.getTime() + 20_000, note('second'));
	clock.schedule(START.getTime() + 10_000, note('first'));
	clock.schedule(START.getTime() + 40_000, note('later'));
	clock.advance(30_000);
	expect(happened).toEqual(['first 10', 'second 20']);
});

test('what is arranged on the way happens too when it falls due on the way', () => {
	const happened: number[] = [];
	const again = (): void => {
		happened.push(happened.length);
		clock.schedule(clock.millis() + 10_000, again);
	};
	clock.schedule(START.getTime() + 10_000, again);
	clock.advance(50_500);
	expect(happened).toHaveLength(5);
});

test('what was called off, or forgotten by a reset, does not happen', () => {
	const happened: string[] = [];
	clock.schedule(START.getTime() + 1_000, () => happened.push('called off'))();
	clock.schedule(START.getTime() + 1_000, () => happened.push('forgotten'));
	clock.reset();
	clock.advance(10_000);
	expect(happened).toEqual([]);
});

test('real time moves the clock and what is arranged', async () => {
	await new Promise<void>((resolve) => clock.schedule(clock.millis() + 20, resolve));
	expect(clock.millis()).toBeGreaterThanOrEqual(START.getTime() + 20);
});

test('the clock never goes back', () => {
	expect(() => clock.advance(-1)).toThrow(RangeError);
	expect(() => clock.advance(NaN)).toThrow(RangeError);
});
