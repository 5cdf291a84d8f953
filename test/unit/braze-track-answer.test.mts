import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failuresByIndex } from '../../nodes/Braze/batchAnswer';
import { failuresOf } from '../../nodes/Braze/track/answer';
import type { Part } from '../../nodes/common/packing';
import { MANY_CASES } from './many-cases.mts';

const part = (owner: number, lane: string): Part => ({ owner, lane, text: '{}' });
const parts = [
	part(0, 'attributes'),
	part(0, 'events'),
	part(1, 'attributes'),
	part(1, 'events'),
	part(2, 'purchases'),
];

function reasons(
	body: unknown,
	more: { status?: number; errorCode?: string } = {},
): Array<string | undefined> {
	return failuresOf({ status: 201, headers: {}, body, ...more }, parts).map((failure) => failure?.message);
}

const none = [undefined, undefined, undefined, undefined, undefined];

// One row for each kind of answer that Braze gives to a track request.
const answers: Array<[string, unknown, Array<string | undefined>, { status?: number; errorCode?: string }?]> =
	[
		['success', { message: 'success', attributes_processed: 2 }, none],
		['success with an empty list of errors', { message: 'success', errors: [] }, none],
		['queued during maintenance', { message: 'queued' }, none, { status: 202 }],
		[
			'an index counts within its own array',
			{ message: 'success', errors: [{ type: 'no good', input_array: 'events', index: 1 }] },
			[undefined, undefined, undefined, 'Braze rejected the object: no good', undefined],
		],
		[
			'several errors, each on its own object',
			{
				message: 'success',
				errors: [
					{ type: 'a', input_array: 'attributes', index: 1 },
					{ type: 'b', input_array: 'purchases', index: 0 },
				],
			},
			[undefined, undefined, 'Braze rejected the object: a', undefined, 'Braze rejected the object: b'],
		],
		[
			'a code is put into words',
			{ message: 'success', errors: [{ type: 'EMAIL_BAD_FORMAT', input_array: 'attributes', index: 0 }] },
			[
				'Braze rejected the object: the email address is not valid',
				undefined,
				undefined,
				undefined,
				undefined,
			],
		],
		[
			'an error without an index is about all',
			{ errors: [{ type: 'x', input_array: 'events' }] },
			parts.map(() => 'Braze rejected the object: x'),
		],
		[
			'an error without an array is about all',
			{ errors: [{ type: 'x', index: 0 }] },
			parts.map(() => 'Braze rejected the object: x'),
		],
		[
			'an index that was not sent is about all',
			{ errors: [{ type: 'x', input_array: 'events', index: 9 }] },
			parts.map(() => 'Braze rejected the object: x'),
		],
		[
			'an error that is only text is about all',
			{ errors: ['broken'] },
			parts.map(() => 'Braze rejected the object: broken'),
		],
		[
			'nothing valid: objects without a reason of their own get the general one',
			{
				message: "Valid data must be provided in the 'attributes' field.",
				errors: [{ type: 'bad', input_array: 'attributes', index: 0 }],
			},
			[
				'Braze rejected the object: bad',
				...parts.slice(1).map(() => 'Braze rejected the object: Braze took nothing of the request'),
			],
			{ status: 400, errorCode: 'nothing_valid' },
		],
		['a body that is no object', 'ok', none],
	];

// Every row gets its fourth value: jest would take the missing one for a callback.
test.each(answers.map(([name, body, expected, more = {}]) => [name, body, expected, more] as const))(
	'%s',
	(_case, body, expected, more) => {
		expect(reasons(body, more)).toEqual(expected);
	},
);

describe('Whatever errors an answer holds', () => {
	const LANES = ['attributes', 'events', 'purchases', '__proto__'];
	const type = fc.constantFrom('no good', 'EMAIL_BAD_FORMAT', 'constructor', '');
	/** An error about one of the objects, which it counts from 0 on. */
	const ofOne = fc.record({ about: fc.nat(14), type });
	/** An error that names no object that was sent. */
	const ofNone = fc.oneof(
		fc.record({ type, input_array: fc.constantFrom(...LANES), index: fc.integer({ min: 15, max: 99 }) }),
		fc.record({ type, input_array: fc.constantFrom('user_aliases', 'toString'), index: fc.nat(3) }),
		fc.record({
			type,
			input_array: fc.constantFrom(...LANES),
			index: fc.constantFrom(-1, 0.5, '0', null, [0], 2 ** 53),
		}),
		fc.record({
			type,
			input_array: fc.constantFrom<unknown>(undefined, null, 0, ['events']),
			index: fc.nat(3),
		}),
		fc.record({ type: fc.constantFrom<unknown>(undefined, null, 7, {}), input_array: fc.constant('events') }),
		fc.constantFrom<unknown>('broken', null, 7, [], ['events', 0], {}),
	);
	const mostlyNone = <T,>(some: fc.Arbitrary<T>) =>
		fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, fc.array(some, { maxLength: 3 }));
	const answer = fc.record({
		lanes: fc.array(fc.constantFrom(...LANES), { minLength: 1, maxLength: 15 }),
		named: fc.array(ofOne, { maxLength: 6 }),
		others: mostlyNone(ofNone),
		errorCode: fc.option(fc.constant('nothing_valid'), { nil: undefined, freq: 5 }),
		places: fc.infiniteStream(fc.nat(20)),
	});

	/** Puts each of some entries at a random place among others, and keeps those others in their order. */
	function mixed(
		ordered: readonly unknown[],
		some: readonly unknown[],
		places: Iterator<number>,
	): readonly unknown[] {
		const all = [...ordered];
		for (const one of some) all.splice(Number(places.next().value) % (all.length + 1), 0, one);
		return all;
	}

	test('each object has one outcome: those that are named fail by their first error, all others only by an error about no object', () => {
		let someFail = 0;
		fc.assert(
			fc.property(answer, ({ lanes, named, others, errorCode, places }) => {
				const sent = lanes.map((lane, owner): Part => ({ owner, lane, text: '{}' }));
				const errors = named.map(({ about, type: reason }) => {
					const at = about % sent.length;
					const before = lanes.slice(0, at).filter((lane) => lane === lanes[at]).length;
					return { at, error: { type: reason, input_array: lanes[at], index: before } };
				});
				const body = {
					message: 'success',
					errors: mixed(
						errors.map(({ error }) => error),
						others,
						places,
					),
				};
				const response = { status: errorCode === undefined ? 201 : 400, headers: {}, body, errorCode };
				const outcomes = failuresOf(response, sent);

				const ofAll = others.length > 0 || errorCode !== undefined;
				assert.equal(outcomes.length, sent.length);
				outcomes.forEach((outcome, at) => {
					const first = errors.find((error) => error.at === at)?.error.type;
					if (first === undefined) assert.equal(outcome !== undefined, ofAll);
					else assert.equal(outcome?.details.code, first);
				});
				if (outcomes.includes(undefined) && outcomes.some(Boolean)) someFail++;
			}),
			MANY_CASES,
		);
		expect(someFail).toBeGreaterThan(300);
	});

	test('where only the index counts, the object with that index fails, whatever Braze calls its array', () => {
		let someFail = 0;
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 15 }),
				fc.array(
					fc.record({ type, input_array: fc.constantFrom<unknown>('users', '', null, 7), index: fc.nat(14) }),
					{ maxLength: 4 },
				),
				fc.boolean(),
				(count, errors, some) => {
					const sent = Array.from({ length: count }, (_, owner): Part => ({
						owner,
						lane: 'ids',
						text: '{}',
					}));
					const within = some ? errors.filter(({ index }) => index < count) : errors;
					const outcomes = failuresByIndex({ status: 201, headers: {}, body: { errors: within } }, sent);
					const ofAll = within.some(({ index }) => index >= count);
					assert.deepEqual(
						outcomes.map((outcome) => outcome !== undefined),
						sent.map((_, at) => ofAll || within.some(({ index }) => index === at)),
					);
					if (outcomes.includes(undefined) && outcomes.some(Boolean)) someFail++;
				},
			),
			MANY_CASES,
		);
		expect(someFail).toBeGreaterThan(300);
	});
});
