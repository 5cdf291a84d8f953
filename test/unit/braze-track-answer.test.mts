import { failuresOf } from '../../nodes/Braze/track/answer';
import type { Part } from '../../nodes/common/packing';

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
