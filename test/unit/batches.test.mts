import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sendInBatches } from '../../nodes/common/batches';
import { Failure } from '../../nodes/common/failure';
import type { Batching, Run } from '../../nodes/common/operation';
import type { Part } from '../../nodes/common/packing';
import { MANY_CASES } from './many-cases.mts';

/** What the service makes of an object: takes it, names it as wrong in its answer, or refuses every request that it is in. */
type Fate = 'taken' | 'named' | 'spoils';

/** What is sent is given to a function, so that the run with its client has nothing to do. */
const NOTHING_SENT = {} as Run;

const object = fc.record({
	owner: fc.nat(6),
	lane: fc.constantFrom('attributes', 'events', 'purchases'),
	key: fc.option(fc.constantFrom('one', 'two', 'three', '__proto__'), { nil: undefined }),
	envelope: fc.constantFrom(undefined, '{"message":1}'),
	size: fc.nat(200),
	fate: fc.oneof(
		{ weight: 8, arbitrary: fc.constant<Fate>('taken') },
		{ weight: 1, arbitrary: fc.constant<Fate>('named') },
		{ weight: 1, arbitrary: fc.constant<Fate>('spoils') },
	),
});
const limits = fc.record({
	combined: fc.integer({ min: 1, max: 8 }),
	perLane: fc.integer({ min: 1, max: 6 }),
	perKey: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
	bytes: fc.integer({ min: 1100, max: 2000 }),
});
const service = fc.record({
	/** Requests with more objects are too large for it. */
	most: fc.oneof(fc.constant(100), fc.nat(5)),
	/** The request, counted from 0 on, that is lost, whatever is in it. */
	loses: fc.nat(60),
	concurrency: fc.integer({ min: 1, max: 4 }),
	/** How long each request takes, in turns of the event queue. */
	lasts: fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
});

describe('Whatever the service takes, refuses, finds too large or loses', () => {
	test('every object is sent as often as it must be, those of a key one after the other, and every item has one end', async () => {
		let halved = 0;
		let refused = 0;
		await fc.assert(
			fc.asyncProperty(
				fc.array(object, { maxLength: 30 }),
				limits,
				service,
				async (objects, most, { most: takes, loses, concurrency, lasts }) => {
					const parts = objects.map(({ owner, lane, key, envelope, size }, n): Part => {
						return { owner, lane, key, envelope, text: JSON.stringify({ n, text: 'x'.repeat(size) }) };
					});
					const fates = new Map(parts.map((part, n) => [part, objects[n]?.fate]));
					const delivered: Part[] = [];
					const lost = new Set<Part>();
					const keysUnderWay = new Set<string>();
					/** What was wrong while requests were sent: an error there would be taken for one of the service. */
					const broken = new Set<string>();
					let underWay = 0;
					let requests = 0;
					const batching: Batching = {
						limits: most,
						read: () => [],
						isOfOne: ({ details }) => details.status === 400,
						send: async (some) => {
							const number = requests++;
							const keys = new Set(some.flatMap(({ key }) => (key === undefined ? [] : [key])));
							if (++underWay > concurrency) broken.add('concurrency');
							if (some.length === 0 || some.length > most.combined) broken.add('limit');
							for (const key of keys) {
								if (keysUnderWay.has(key)) broken.add('order');
								keysUnderWay.add(key);
							}
							for (let turn = lasts[number % lasts.length] ?? 0; turn > 0; turn--) await Promise.resolve();
							for (const key of keys) keysUnderWay.delete(key);
							underWay--;
							if (number === loses) {
								for (const part of some) lost.add(part);
								throw new Failure({ message: 'lost', status: 503 });
							}
							if (some.length > takes) {
								if (some.length > 1) halved++;
								throw new Failure({ message: 'too large', status: 413, tooLarge: true });
							}
							if (some.some((part) => fates.get(part) === 'spoils'))
								throw new Failure({ message: 'spoilt', status: 400 });
							delivered.push(...some);
							return some.map((part) =>
								fates.get(part) === 'named' ? new Failure({ message: 'named' }) : undefined,
							);
						},
					};
					const ends = new Map<number, Failure | undefined>();
					let failed = 0;
					const inPart = await sendInBatches(parts, batching, NOTHING_SENT, concurrency, {
						mayGoOn: () => true,
						failed: () => failed++,
						ended: (owner, failure) => {
							assert(!ends.has(owner));
							ends.set(owner, failure);
						},
					});

					// A service that takes nothing finds each object too large by itself.
					const arrives = (part: Part) => takes > 0 && fates.get(part) !== 'spoils' && !lost.has(part);
					const expected = parts.filter(arrives);
					assert.equal(delivered.length, expected.length);
					assert.deepEqual(new Set(delivered), new Set(expected));
					for (const key of new Set(parts.map((part) => part.key))) {
						if (key === undefined) continue;
						const inOrder = (all: readonly Part[]) => all.filter((part) => part.key === key);
						assert(inOrder(delivered).every((part, at) => part === inOrder(expected)[at]));
					}
					const fails = (part: Part) => !arrives(part) || fates.get(part) === 'named';
					assert.equal(failed, parts.filter(fails).length);
					const owners = new Set(parts.map(({ owner }) => owner));
					assert.deepEqual(new Set(ends.keys()), owners);
					for (const owner of owners) {
						const fail = parts.some((part) => part.owner === owner && fails(part));
						assert.equal(ends.get(owner) !== undefined, fail);
						if (fail) refused++;
					}
					assert.deepEqual(inPart, []);
					assert.deepEqual([...broken], []);
				},
			),
			MANY_CASES,
		);
		// Both happened often enough to mean something.
		expect(Math.min(halved, refused)).toBeGreaterThan(300);
	});
});
