import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	bodyOf,
	byLane,
	halve,
	Packer,
	type Batch,
	type Limits,
	type Part,
} from '../../nodes/common/packing';
import { MANY_CASES } from './many-cases.mts';

/** What stands around the objects of a request, as the packing counts it. */
const AROUND = 1024;

const part = fc.record({
	owner: fc.nat(20),
	lane: fc.constantFrom('attributes', 'events', 'purchases'),
	text: fc
		.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('é'.repeat(30), '🎟'.repeat(20), 'x'.repeat(400)))
		.map((text) => JSON.stringify({ text })),
	key: fc.option(fc.constantFrom('one', 'two', 'three', '__proto__'), { nil: undefined }),
});
const limits = fc.record({
	combined: fc.integer({ min: 1, max: 8 }),
	perLane: fc.integer({ min: 1, max: 6 }),
	perKey: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
	bytes: fc.integer({ min: AROUND + 50, max: AROUND + 600 }),
});
const parts = fc.array(part, { maxLength: 40 });

const sizeOf = (some: readonly Part[]) =>
	some.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, AROUND);

function fits(some: readonly Part[], { combined, perLane, perKey = Infinity, bytes }: Limits): boolean {
	const lanes = [...byLane(some).values()];
	const ofKey = (key: string | undefined) => some.filter((one) => one.key === key).length;
	return (
		some.length <= combined &&
		lanes.every((lane) => lane.length <= perLane) &&
		some.every(({ key }) => key === undefined || ofKey(key) <= perKey) &&
		sizeOf(some) <= bytes
	);
}

/** All batches, as they are made when none of them is done before the last one is made. */
function pack(all: readonly Part[], most: Limits): Batch[] {
	const packer = new Packer(most);
	const batches = all.flatMap((one) => packer.add(one));
	return [...batches, ...packer.end()];
}

/** The least number of runs of neighbours that fit, found by trying all. */
function leastBatches(all: readonly Part[], most: Limits): number {
	const least = [0];
	for (let end = 1; end <= all.length; end++) {
		let best = Infinity;
		for (let start = 0; start < end; start++) {
			const run = all.slice(start, end);
			if (run.length === 1 || fits(run, most)) best = Math.min(best, (least[start] ?? 0) + 1);
		}
		least.push(best);
	}
	return least[all.length] ?? 0;
}

describe('Packing', () => {
	test('keeps the order, loses nothing and keeps to the limits, but for an object that is too large by itself', () => {
		fc.assert(
			fc.property(parts, limits, (all, most) => {
				const batches = pack(all, most);
				assert.deepEqual(
					batches.flatMap((batch) => batch.parts),
					all,
				);
				for (const batch of batches) {
					assert(batch.parts.length > 0);
					assert(batch.parts.length === 1 || fits(batch.parts, most));
					assert(batch.parts.length === 1 || Buffer.byteLength(bodyOf(batch.parts)) <= most.bytes);
				}
			}),
			MANY_CASES,
		);
	});

	test('needs as few requests as there can be', () => {
		fc.assert(
			fc.property(parts, limits, (all, most) => pack(all, most).length === leastBatches(all, most)),
			MANY_CASES,
		);
	});

	test('names every earlier request that must be done first: for each key the last one that holds it, and no other', () => {
		const lastWith = (batches: readonly Batch[], at: number, key: string | undefined): number[] => {
			for (let earlier = at - 1; earlier >= 0; earlier--)
				if (batches[earlier]?.parts.some((one) => one.key === key)) return [earlier];
			return [];
		};
		fc.assert(
			fc.property(parts, limits, (all, most) => {
				const batches = pack(all, most);
				batches.forEach(({ parts: own, after }, at) => {
					const keys = own.flatMap(({ key }) => (key === undefined ? [] : [key]));
					const expected = new Set(keys.flatMap((key) => lastWith(batches, at, key)));
					assert.deepEqual(new Set(after), expected);
					assert(after.every((earlier) => earlier < at));
				});
			}),
			MANY_CASES,
		);
	});

	test('lets no request wait for one that was done before, and each for those with its keys that are not', () => {
		fc.assert(
			fc.property(parts, limits, fc.infiniteStream(fc.boolean()), (all, most, isDone) => {
				const packer = new Packer(most);
				const underWay: Batch[] = [];
				const done = new Set<number>();
				let doneBefore = new Set<number>();
				const look = (batch: Batch) => {
					for (const { key } of batch.parts) {
						const last = underWay.findLast((earlier) => earlier.parts.some((one) => one.key === key));
						if (key !== undefined && last) assert(batch.after.includes(last.index));
					}
					assert(!batch.after.some((earlier) => doneBefore.has(earlier)));
					doneBefore = new Set(done);
					underWay.push(batch);
				};
				for (const one of all) {
					packer.add(one).forEach(look);
					const [oldest] = underWay;
					if (oldest === undefined || isDone.next().value !== true) continue;
					packer.done(oldest);
					done.add(oldest.index);
					underWay.shift();
				}
				packer.end().forEach(look);
			}),
			MANY_CASES,
		);
	});

	test('counts bytes, not characters', () => {
		const text = JSON.stringify('🎟'.repeat(100));
		const one = (owner: number): Part => ({ owner, lane: 'events', text });
		const most = { combined: 75, perLane: 75, bytes: AROUND + 2 * (Buffer.byteLength(text) + 1) };
		expect(pack([one(0), one(1), one(2)], most).map((batch) => batch.parts.length)).toEqual([2, 1]);
	});

	test('of 100,000 objects takes no time to speak of for each', () => {
		const many = Array.from({ length: 100_000 }, (_, owner): Part => ({
			owner,
			lane: 'attributes',
			text: '{}',
			key: `${owner % 5_000}`,
		}));
		const packer = new Packer({ combined: 75, perLane: 75, bytes: 4_000_000 });
		const batches: Batch[] = [];
		for (const one of many) {
			batches.push(...packer.add(one));
			const done = batches[batches.length - 64];
			if (done) packer.done(done);
		}
		expect([...batches, ...packer.end()]).toHaveLength(1334);
	});
});

describe('Packing objects of several envelopes', () => {
	const enveloped = fc.array(
		fc
			.tuple(part, fc.constantFrom(undefined, '{"message":1}', '{"message":2}'))
			.map(([one, envelope]): Part => ({ ...one, envelope })),
		{ maxLength: 40 },
	);
	const envelopesOf = (all: readonly Part[]) => [...new Set(all.map(({ envelope }) => envelope))];

	test('gives each envelope requests of its own, and loses nothing', () => {
		fc.assert(
			fc.property(enveloped, limits, (all, most) => {
				const batches = pack(all, most);
				for (const batch of batches) assert.equal(envelopesOf(batch.parts).length, 1);
				for (const envelope of envelopesOf(all)) {
					const sent = batches.flatMap((batch) => batch.parts.filter((one) => one.envelope === envelope));
					assert.deepEqual(
						sent,
						all.filter((one) => one.envelope === envelope),
					);
				}
			}),
			MANY_CASES,
		);
	});

	test('keeps the objects of one key in order, each request waiting only for earlier ones', () => {
		fc.assert(
			fc.property(enveloped, limits, (all, most) => {
				const batches = pack(all, most);
				for (const key of new Set(all.map((one) => one.key))) {
					if (key === undefined) continue;
					const sent = batches.flatMap((batch) => batch.parts.filter((one) => one.key === key));
					assert.deepEqual(
						sent,
						all.filter((one) => one.key === key),
					);
				}
				const places = new Map(batches.map(({ index }, at) => [index, at]));
				batches.forEach(({ after }, at) =>
					assert(after.every((earlier) => (places.get(earlier) ?? at) < at)),
				);
			}),
			MANY_CASES,
		);
	});

	test('fills requests although the envelopes take turns', () => {
		const turns = Array.from({ length: 100 }, (_, owner): Part => ({
			owner,
			lane: 'users',
			text: '"u"',
			envelope: `{"message":${owner % 2}}`,
		}));
		const batches = pack(turns, { combined: 50, perLane: 50, bytes: 4_000_000 });
		expect(batches.map((batch) => batch.parts.length)).toEqual([50, 50]);
	});
});

describe('A batch that was too large', () => {
	test('is cut into two halves, in order', () => {
		fc.assert(
			fc.property(fc.array(part, { minLength: 2, maxLength: 30 }), (all) => {
				const [left, right] = halve(all);
				assert.deepEqual([...left, ...right], all);
				assert([0, 1].includes(left.length - right.length));
			}),
			MANY_CASES,
		);
	});
});

describe('The body of a request', () => {
	test('is JSON with each object in its lane, in order, and with the other fields', () => {
		fc.assert(
			fc.property(parts, (all) => {
				const body = JSON.parse(bodyOf(all, { async: true, note: undefined, 'a "b"': [1] })) as Record<
					string,
					unknown
				>;
				const { async: flag, 'a "b"': list, ...lanes } = body;
				assert.deepEqual([flag, list], [true, [1]]);
				const expected = Object.fromEntries(
					[...byLane(all)].map(([lane, objects]) => [
						lane,
						objects.map(({ text }): unknown => JSON.parse(text)),
					]),
				);
				assert.deepEqual(lanes, expected);
			}),
			MANY_CASES,
		);
	});
});
