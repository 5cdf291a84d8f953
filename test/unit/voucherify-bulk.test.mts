import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Part } from '../../nodes/common/packing';
import { failuresOf } from '../../nodes/Voucherify/resources/asyncAction/bulk';
import { MANY_CASES } from './many-cases.mts';

const parts = (...keys: string[]): Part[] =>
	keys.map((key, owner) => ({ owner, lane: 'customers', text: '{}', key }));

function action(result: IDataObject, more: IDataObject = {}): IDataObject {
	return { id: 'aa_1', status: 'DONE', operation_status: 'SUCCESS', result, ...more };
}

const error = (id: string) => ({
	source_id: id,
	key: 'invalid',
	message: 'Wrong',
	details: `${id} is wrong`,
});
const messages = (given: IDataObject, ...keys: string[]) =>
	failuresOf(given, parts(...keys)).map((failure) => failure?.details.message);

describe('Rows of an asynchronous action that failed are found', () => {
	test('by source ID, in the order of the rows', () => {
		const given = action({ done_count: 2, failed_count: 1, errors: [error('b')] });
		const [a, b, c] = failuresOf(given, parts('a', 'b', 'c'));
		expect([a, c]).toEqual([undefined, undefined]);
		expect(b?.details).toMatchObject({
			message: 'Voucherify refused the row: Wrong',
			description: 'b is wrong',
			code: 'invalid',
		});
	});

	test('by code, and where imports name them: in a list or one alone', () => {
		const row = { code: 'b', reason: 'Duplicate' };
		for (const failed of [[row], row])
			expect(messages(action({ failed, failed_count: 1 }), 'a', 'b')).toEqual([
				undefined,
				'Voucherify refused the row: Duplicate',
			]);
	});

	test('although the action is done, when all of them failed', () => {
		const given = action({ failed_count: 1, errors: [error('a')] }, { operation_status: 'FAILED' });
		expect(messages(given, 'a')).toEqual(['Voucherify refused the row: Wrong']);
	});

	test('all of them, when the action failed as a whole', () => {
		const given = action({ message: 'Out of order' }, { status: 'FAILED' });
		const failures = failuresOf(given, parts('a', 'b'));
		expect(failures.map((failure) => failure?.details.description)).toEqual(['Out of order', 'Out of order']);
	});

	test('all rows of the same name', () => {
		expect(messages(action({ failed_count: 1, errors: [error('a')] }), 'a', 'b', 'a')).toEqual([
			'Voucherify refused the row: Wrong',
			undefined,
			'Voucherify refused the row: Wrong',
		]);
	});

	test('as uncertain, when more failed than are named', () => {
		const given = action({ failed_count: 2, errors: [error('a')] });
		const [a, b, c] = failuresOf(given, parts('a', 'b', 'c'));
		expect(a?.details.uncertain).toBeUndefined();
		expect([b?.details.uncertain, c?.details.uncertain]).toEqual([true, true]);
	});

	test('none, when none failed', () => {
		expect(messages(action({ done_count: 2, failed_count: 0, errors: [] }), 'a', 'b')).toEqual([
			undefined,
			undefined,
		]);
	});

	test('whatever the result holds: those that are named, and as uncertain all others when more failed than are named', () => {
		const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
		const anyOf = (...values: unknown[]) => fc.constantFrom(...values);
		const row = fc.oneof(
			{ weight: 4, arbitrary: fc.record({ source_id: name, message: anyOf('Wrong', '', undefined, 7) }) },
			{
				weight: 4,
				arbitrary: fc.record({ code: name, source_id: anyOf(undefined, null, ''), reason: name }),
			},
			fc.record({ source_id: anyOf('elsewhere', 7, {}), code: fc.constantFrom(undefined, 'elsewhere') }),
			anyOf('broken', null, 7, {}),
		);
		const result = fc.record({
			errors: fc.oneof(fc.array(row, { maxLength: 4 }), row),
			failed: fc.oneof(anyOf(undefined, null), fc.array(row, { maxLength: 2 }), row),
			failed_count: fc.oneof(anyOf(undefined, '2', null), fc.nat(6)),
		});
		const kinds = { none: 0, some: 0, uncertain: 0, all: 0 };
		fc.assert(
			fc.property(
				fc.array(name, { minLength: 1, maxLength: 8 }),
				result,
				fc.constantFrom('DONE', 'DONE', 'DONE', 'FAILED'),
				(keys, made, status) => {
					const outcomes = failuresOf(
						{ id: 'aa_1', status, result: JSON.parse(JSON.stringify(made)) },
						parts(...keys),
					);
					assert.equal(outcomes.length, keys.length);
					if (status === 'FAILED') {
						assert(outcomes.every((failure) => failure?.details.code === 'async_action_failed'));
						kinds.all++;
						return;
					}
					const rows = [made.errors, made.failed]
						.flat()
						.filter((one) => typeof one === 'object' && one !== null);
					const namesOf = (one: object) => {
						if ('source_id' in one && typeof one.source_id === 'string' && one.source_id !== '')
							return one.source_id;
						return 'code' in one ? one.code : undefined;
					};
					const named = rows.map(namesOf).filter((one) => keys.some((key) => key === one));
					const failed = typeof made.failed_count === 'number' ? made.failed_count : rows.length;
					const expected = keys.map((key) => {
						if (named.includes(key)) return 'refused';
						return failed > named.length ? 'uncertain' : 'done';
					});
					assert.deepEqual(
						outcomes.map((failure) => {
							if (failure === undefined) return 'done';
							return failure.details.uncertain === true ? 'uncertain' : 'refused';
						}),
						expected,
					);
					kinds[
						expected.includes('uncertain') ? 'uncertain' : expected.includes('refused') ? 'some' : 'none'
					]++;
				},
			),
			MANY_CASES,
		);
		expect(Math.min(...Object.values(kinds))).toBeGreaterThan(100);
	});
});
