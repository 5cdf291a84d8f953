import fc from 'fast-check';
import { parseJson } from '../../nodes/common/json';

test('JSON is parsed to what it says', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) =>
			expect(parseJson(JSON.stringify(value))).toEqual({ value: JSON.parse(JSON.stringify(value)) }),
		),
	);
});

test.each(['', '{', '{a: 1}', 'undefined', "{'a': 1}", '[1,]'])(
	'%j is none, and the problem is told rather than thrown',
	(text) => {
		expect(parseJson(text)).toEqual({ problem: expect.stringMatching(/JSON|Unexpected|Expected/) });
	},
);
