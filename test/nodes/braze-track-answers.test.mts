import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startStandIn, type StandIn, type StandInAnswer } from './braze-stand-in.mts';
import { failureOf } from './voucherify.mts';

let braze: StandIn;
beforeAll(async () => {
	braze = await startStandIn();
});
afterAll(async () => await braze.server.close());

const KEY = 'rest-api-key-0123456789';

/** How an item ends: it comes out as it came in, or with a failure that says this. */
type End = 'taken' | { readonly says: string; readonly status?: number; readonly uncertain?: true };

interface Row {
	/** What each item sends; attributes unless given. */
	readonly send?: readonly string[];
	/** How many users; three unless given, or those of `input`. */
	readonly users?: number;
	readonly input?: readonly IDataObject[];
	/** Braze's answers to one request after the other; the last one to all that follow. */
	readonly answers: readonly StandInAnswer[];
	/** How each item ends; all the same where there is one. */
	readonly ends: readonly End[];
	readonly requests: number;
	readonly hint?: string;
	readonly options?: INodeParameters;
	readonly settings?: INodeParameters;
}

const ALL = ['attributes', 'event', 'purchase'];
const EVENT = ['event'];
const NOTHING_VALID = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.";

const success = {
	status: 201,
	body: { message: 'success', attributes_processed: 3 },
} satisfies StandInAnswer;
const withErrors = (
	errors: readonly unknown[],
	more: { status?: number; message?: string } = {},
): StandInAnswer => ({
	status: more.status ?? 201,
	body: { message: more.message ?? 'success', errors },
});
const error = (input_array: string, index: number, type: string) => ({ type, input_array, index });
const says = (status: number, message: string, headers: Record<string, string> = {}): StandInAnswer => ({
	status,
	headers,
	body: { message },
});
const html = (status: number): StandInAnswer => ({ status, body: '<html>Bad gateway</html>' });
const rejected = (type: string): End => ({ says: `Braze rejected the object: ${type}`, status: 201 });
const unsure = (words: string, status?: number): End => ({
	says: words,
	...(status === undefined ? {} : { status }),
	uncertain: true,
});
const inSeconds = (seconds: number) => String(Math.ceil(Date.now() / 1000) + seconds);
const many = (count: number, ends: Readonly<Record<number, End>>): End[] =>
	Array.from({ length: count }, (_, n) => ends[n] ?? 'taken');

/** Rows for what may be sent again where nothing is counted twice, and for what may not. */
function lost(
	name: string,
	answer: StandInAnswer,
	words: string,
	status?: number,
	settings?: INodeParameters,
): Array<[string, Row]> {
	const more = settings === undefined ? {} : { settings };
	return [
		[
			`${name}: attributes are sent again`,
			{ answers: [answer, success], ends: ['taken'], requests: 2, ...more },
		],
		[
			`${name}, each time: attributes fail, and may have arrived`,
			{ answers: [answer], ends: [unsure(words, status)], requests: 2, ...more },
		],
		[
			`${name}: events are not sent again, and may have arrived`,
			{ send: EVENT, answers: [answer], ends: [unsure(words, status)], requests: 1, ...more },
		],
		[
			`${name}: attributes beside events are not sent again either`,
			{ send: ALL, answers: [answer], ends: [unsure(words, status)], requests: 1, ...more },
		],
	];
}

/** Rows for what certainly did not arrive: events are sent again too. */
function notRead(name: string, answer: StandInAnswer): Array<[string, Row]> {
	return [['attributes'], EVENT].map((send) => [
		`${name}: ${send.join()} go again`,
		{ send, answers: [answer, success], ends: ['taken'], requests: 2 },
	]);
}

const USED_UP = 'The rate limit of Braze is used up';

/** A 429 that asks for more than the longest wait. */
function tooLate(name: string, headers: Record<string, string>): Array<[string, Row]> {
	const ends: End[] = [{ says: USED_UP, status: 429 }];
	const row: Row = { send: EVENT, answers: [says(429, 'slow down', headers)], ends, requests: 1 };
	return [[`429 with ${name}, later than allowed`, row]];
}

const rows: ReadonlyArray<[string, Row]> = [
	// Taken
	['201', { send: ALL, answers: [success], ends: ['taken'], requests: 1 }],
	['200', { send: ALL, answers: [says(200, 'success')], ends: ['taken'], requests: 1 }],
	['201 without a body', { answers: [{ status: 201, body: '' }], ends: ['taken'], requests: 1 }],
	['201 with an empty list of errors', { answers: [withErrors([])], ends: ['taken'], requests: 1 }],
	[
		'202 queued, during maintenance',
		{
			send: ALL,
			answers: [says(202, 'queued')],
			ends: ['taken'],
			requests: 1,
			hint: 'has queued what was sent',
		},
	],

	// Taken in part
	[
		'201 with an error in attributes',
		{
			answers: [withErrors([error('attributes', 1, 'no good')])],
			ends: ['taken', rejected('no good'), 'taken'],
			requests: 1,
		},
	],
	[
		'201 with an error in events',
		{
			send: EVENT,
			answers: [withErrors([error('events', 2, 'no good')])],
			ends: ['taken', 'taken', rejected('no good')],
			requests: 1,
		},
	],
	[
		'201 with errors in all arrays, each counted within its own',
		{
			send: ALL,
			users: 5,
			answers: [
				withErrors([error('attributes', 0, 'a'), error('events', 2, 'b'), error('purchases', 4, 'c')]),
			],
			ends: [rejected('a'), 'taken', rejected('b'), 'taken', rejected('c')],
			requests: 1,
		},
	],
	[
		'201 with several errors for one item: the first is told',
		{
			send: ALL,
			answers: [
				withErrors([error('attributes', 1, 'a'), error('attributes', 1, 'b'), error('purchases', 1, 'c')]),
			],
			ends: ['taken', rejected('a'), 'taken'],
			requests: 1,
		},
	],
	[
		'201 with an error counted in what was sent, from which an item was missing',
		{
			input: [{ tier: 'nobody' }, { external_id: 'a', tier: 1 }, { external_id: 'b', tier: 1 }],
			answers: [withErrors([error('attributes', 1, 'no good')])],
			ends: [{ says: '"External ID" is empty' }, 'taken', rejected('no good')],
			requests: 1,
		},
	],
	[
		'201 with an error in the second of two requests',
		{
			users: 100,
			answers: [success, withErrors([error('attributes', 3, 'no good')])],
			ends: many(100, { 78: rejected('no good') }),
			requests: 2,
			settings: { concurrency: 1 },
		},
	],
	[
		'201 with an error that is a sentence',
		{
			answers: [
				withErrors([
					error('attributes', 0, "The value provided for the 'email' field is not a valid email."),
				]),
			],
			ends: [rejected("The value provided for the 'email' field is not a valid email."), 'taken', 'taken'],
			requests: 1,
		},
	],
	[
		'201 with an error that is a code',
		{
			answers: [withErrors([error('attributes', 0, 'EMAIL_BAD_FORMAT')])],
			ends: [rejected('the email address is not valid'), 'taken', 'taken'],
			requests: 1,
		},
	],
	[
		'201 with a code that nobody has heard of',
		{
			answers: [withErrors([error('attributes', 0, 'BAD_MOOD')])],
			ends: [rejected('BAD_MOOD'), 'taken', 'taken'],
			requests: 1,
		},
	],
	[
		'201 with an error without an index',
		{
			answers: [withErrors([{ type: 'no good', input_array: 'attributes' }])],
			ends: [rejected('no good')],
			requests: 1,
		},
	],
	[
		'201 with an error without an array',
		{ answers: [withErrors([{ type: 'no good', index: 1 }])], ends: [rejected('no good')], requests: 1 },
	],
	[
		'201 with an error about an object that was not sent',
		{ answers: [withErrors([error('attributes', 9, 'no good')])], ends: [rejected('no good')], requests: 1 },
	],
	[
		'201 with an error that is only text',
		{ answers: [withErrors(['no good'])], ends: [rejected('no good')], requests: 1 },
	],
	[
		'201 with an error about one object, and one about all',
		{
			answers: [withErrors([error('attributes', 0, 'a'), { type: 'b' }])],
			ends: [rejected('a'), rejected('b'), rejected('b')],
			requests: 1,
		},
	],

	// Refused
	[
		'400 nothing valid, with an error for each',
		{
			send: EVENT,
			answers: [
				withErrors([error('events', 0, 'a'), error('events', 1, 'b'), error('events', 2, 'c')], {
					status: 400,
					message: NOTHING_VALID,
				}),
			],
			ends: ['a', 'b', 'c'].map((type) => ({ says: `Braze rejected the object: ${type}`, status: 400 })),
			requests: 1,
		},
	],
	[
		'400 nothing valid, with an error for one',
		{
			answers: [withErrors([error('attributes', 1, 'b')], { status: 400, message: NOTHING_VALID })],
			ends: [
				{ says: 'Braze took nothing of the request', status: 400 },
				{ says: 'Braze rejected the object: b', status: 400 },
				{ says: 'Braze took nothing of the request', status: 400 },
			],
			requests: 1,
		},
	],
	[
		'400 nothing valid, without errors',
		{
			answers: [says(400, NOTHING_VALID)],
			ends: [{ says: 'Braze took nothing of the request', status: 400 }],
			requests: 1,
		},
	],
	[
		'400 unparsable, in the field "error"',
		{
			answers: [{ status: 400, body: { error: 'unexpected token' } }],
			ends: [{ says: 'Braze refused the request: unexpected token', status: 400 }],
			requests: 1,
		},
	],
	[
		'400 for another reason',
		{
			send: ALL,
			answers: [says(400, 'Invalid app')],
			ends: [{ says: 'Braze refused the request: Invalid app', status: 400 }],
			requests: 1,
		},
	],
	[
		'401, which echoes the key',
		{
			answers: [says(401, `Invalid API key: ${KEY}`)],
			ends: [{ says: 'Braze does not know this API key', status: 401 }],
			requests: 1,
		},
	],
	[
		'403',
		{
			answers: [says(403, 'Access Denied')],
			ends: [{ says: 'This Braze API key may not do that', status: 403 }],
			requests: 1,
		},
	],
	[
		'404',
		{
			answers: [says(404, 'Not Found')],
			ends: [{ says: 'Braze refused the request: Not Found', status: 404 }],
			requests: 1,
		},
	],
	[
		'415',
		{
			answers: [says(415, 'Not JSON')],
			ends: [{ says: 'Braze refused the request: Not JSON', status: 415 }],
			requests: 1,
		},
	],
	[
		'301 to another host',
		{
			answers: [{ status: 301, headers: { location: 'https://example.com/' }, body: '' }],
			ends: [{ says: 'Braze has moved', status: 301 }],
			requests: 1,
		},
	],

	// Too large
	[
		'413, which passes in halves',
		{ send: ALL, users: 4, answers: [says(413, 'large'), success], ends: ['taken'], requests: 3 },
	],
	[
		'413 for a single object',
		{
			users: 1,
			answers: [says(413, 'large')],
			ends: [{ says: 'Braze found the request too large', status: 413 }],
			requests: 1,
		},
	],
	[
		'413 for one of four objects',
		{
			users: 4,
			// 0–3, 0–1, 2–3, 2, 3
			answers: [says(413, 'large'), success, says(413, 'large'), success, says(413, 'large')],
			ends: ['taken', 'taken', 'taken', { says: 'Braze found the request too large', status: 413 }],
			requests: 5,
		},
	],
	[
		'413, then an error counted within a half',
		{
			users: 4,
			answers: [says(413, 'large'), success, withErrors([error('attributes', 1, 'no good')])],
			ends: ['taken', 'taken', 'taken', rejected('no good')],
			requests: 3,
		},
	],
	...['Max Input Length Exceeded', 'Too many objects', 'No more than 50 objects are allowed'].map(
		(message): [string, Row] => [
			`400 "${message}", which passes in halves`,
			{ send: EVENT, users: 4, answers: [says(400, message), success], ends: ['taken'], requests: 3 },
		],
	),

	// Not now
	...notRead(
		'429 with a reset at a moment',
		says(429, 'slow down', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(0) }),
	),
	...notRead(
		'429 with a reset in seconds',
		says(429, 'slow down', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }),
	),
	...notRead(
		'429 with nothing but how long to wait',
		says(429, 'slow down', { 'x-ratelimit-retry-after': '1' }),
	),
	...notRead('429 with the usual header for that', says(429, 'slow down', { 'retry-after': '1' })),
	...notRead('429 without any header', says(429, 'slow down')),
	...tooLate('a reset at a moment', { 'x-ratelimit-reset': inSeconds(600) }),
	...tooLate('a reset in seconds', { 'x-ratelimit-reset': '600' }),
	...tooLate('nothing but how long to wait', { 'x-ratelimit-retry-after': '600' }),
	...tooLate('both, of which the latter counts', {
		'x-ratelimit-reset': '1',
		'x-ratelimit-retry-after': '600',
	}),
	[
		'429 each time',
		{ answers: [says(429, 'slow down')], ends: [{ says: USED_UP, status: 429 }], requests: 2 },
	],
	...notRead('502, which did not arrive', says(502, 'bad gateway')),
	...notRead('502 with a page', html(502)),
	[
		'502 each time',
		{
			send: EVENT,
			answers: [html(502)],
			ends: [{ says: 'Braze has a problem (502)', status: 502 }],
			requests: 2,
		},
	],

	// Lost
	...[500, 503, 504].flatMap((status) =>
		lost(String(status), says(status, 'oops'), `Braze has a problem (${status})`, status),
	),
	...lost('500 with a page', html(500), 'Braze has a problem (500)', 500),
	...lost('a connection that breaks', 'reset', 'Braze'),
	...lost('an answer that breaks off', { ...success, breakAfter: 5 }, 'Braze'),
	...lost('no answer in time', 'silence', 'Braze', undefined, { timeout: 1 }),
	...lost('201 with a page', html(201), 'Braze answered 201, but not with JSON', 201),

	// Attributes that add to what is there
	[
		'500 to an increment: it is not sent again, and may have arrived',
		{
			input: [{ external_id: 'a', n: { inc: 1 } }],
			answers: [says(500, 'oops')],
			ends: [unsure('Braze has a problem (500)', 500)],
			requests: 1,
		},
	],
];

test.each(rows)(
	'%s',
	async (
		_name,
		{ send = ['attributes'], users = 3, answers, ends, requests, hint, options = {}, settings = {}, ...row },
	) => {
		const input =
			row.input ?? Array.from({ length: users }, (_, n) => ({ external_id: `user-${n}`, tier: 'gold' }));
		braze.answer(({ send: count }) => answers[Math.min(count, answers.length - 1)] ?? success);
		const before = braze.server.received.length;
		const { items, hints, run } = await braze.run(
			{
				resource: 'user',
				operation: 'track',
				send: [...send],
				eventName: 'opened',
				productId: 'shoe',
				options,
				requestSettings: { longestWait: 2, tries: 2, ...settings },
			},
			input,
			{
				onError: 'continueRegularOutput',
				credentials: {
					brazeApi: { instance: 'custom', baseUrl: braze.server.url, apiKey: KEY, webhookSecret: '' },
				},
			},
		);
		expect(braze.server.received.length - before).toBe(requests);
		expect(items).toHaveLength(input.length);
		items.forEach((item, index) => {
			const end = ends[index] ?? ends[0];
			expect(item.pairedItem).toEqual({ item: index });
			if (end === 'taken' || end === undefined) {
				expect(item.json).toEqual(input[index]);
				return;
			}
			const { message, status, uncertain } = failureOf(item);
			expect(message).toContain(end.says);
			expect([status, uncertain]).toEqual([end.status, end.uncertain]);
		});
		if (hint !== undefined) expect(hints[0]?.message).toContain(hint);
		expect(JSON.stringify(run)).not.toContain(KEY);
	},
);
