import type { IDataObject } from 'n8n-workflow';
import { isRepeated, REMEMBERED } from '../../nodes/common/repeatedDelivery';

describe('memory of deliveries', () => {
	it('knows an ID from its second time on', () => {
		const memory: IDataObject = {};
		expect([isRepeated(memory, 'whs_1'), isRepeated(memory, 'whs_2'), isRepeated(memory, 'whs_1')]).toEqual([
			false,
			false,
			true,
		]);
	});

	it(`keeps the last ${REMEMBERED} IDs and forgets older ones`, () => {
		const memory: IDataObject = {};
		for (let count = 0; count <= REMEMBERED; count++) isRepeated(memory, `whs_${count}x`);
		expect(memory.deliveries).toHaveLength(REMEMBERED);
		expect(isRepeated(memory, `whs_${REMEMBERED}x`)).toBe(true);
		expect(isRepeated(memory, 'whs_1x')).toBe(true);
		expect(isRepeated(memory, 'whs_0x')).toBe(false);
	});

	it('takes nothing without an ID for repeated', () => {
		const memory: IDataObject = {};
		expect([isRepeated(memory, undefined), isRepeated(memory, undefined)]).toEqual([false, false]);
		expect(memory).toEqual({});
	});

	it('starts anew where something else was kept', () => {
		const memory: IDataObject = { deliveries: 'whs_1' };
		expect(isRepeated(memory, 'whs_1')).toBe(false);
		expect(memory.deliveries).toEqual(['whs_1']);
	});
});
