import type { IDataObject } from 'n8n-workflow';
import type { Part } from '../../nodes/common/packing';
import { failuresOf } from '../../nodes/Voucherify/resources/asyncAction/bulk';

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
});
