import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { dataPointsOf as asBrazeCounts } from '../../sandbox/braze/data-points.mts';
import type { Json } from '../../sandbox/braze/json.mts';
import { dataPointsOf } from '../../nodes/Braze/track/dataPoints';

const key = fc.constantFrom('x', 'y', 'inc', 'add', '__proto__');
const scalar = fc.constantFrom<Json>('a', 1, true, null);
const { value } = fc.letrec<{ value: Json; object: Json; objects: Json; update: Json }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small' },
		scalar,
		fc.constantFrom<Json>(
			{ $time: '2026-06-01' },
			{ inc: 2 },
			{ add: ['a', 'b'] },
			{ remove: ['a'], add: [] },
		),
		fc.array(scalar, { maxLength: 3 }),
		tie('objects'),
		tie('object'),
		fc.record(
			{ $add: tie('objects'), $update: fc.array(tie('update'), { maxLength: 2 }), $remove: tie('objects') },
			{ requiredKeys: [] },
		),
	),
	object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
	objects: fc.array(tie('object'), { maxLength: 3 }),
	update: fc.record({ $new_object: tie('object') }),
}));

test('attributes cost what Braze counts for them', () => {
	fc.assert(
		fc.property(fc.array(value, { maxLength: 4 }), (values) => {
			const attributes = Object.fromEntries(
				values.map((one, at) => [`a${at}`, JSON.parse(JSON.stringify(one)) as IDataObject]),
			);
			const expected = values.reduce<number>((sum, one) => sum + asBrazeCounts(one), 0);
			expect(dataPointsOf({ ...attributes, external_id: 'u', _merge_objects: true })).toBe(expected);
		}),
		{ numRuns: 1000 },
	);
});
