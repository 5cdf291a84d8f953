import fc from 'fast-check';
import { redactJson, redactor } from '../../nodes/common/redaction';

/** Keys as services give them out, and such as nobody would. */
const secret = fc.oneof(
	fc.uuid(),
	fc.stringMatching(/^[A-Za-z0-9+/=_-]{6,60}$/),
	fc.string({ unit: 'grapheme', minLength: 6, maxLength: 20 }),
	fc.string({
		unit: fc.constantFrom(
			'.',
			'*',
			'$',
			'^',
			'(',
			']',
			'|',
			'\\',
			'/',
			'"',
			"'",
			'&',
			'<',
			' ',
			'%',
			'a',
			'é',
			'🎟',
		),
		minLength: 6,
		maxLength: 20,
	}),
);

const percent = (text: string) => encodeURIComponent(text);
const strictly = (text: string) =>
	[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicode = (text: string) =>
	Array.from(
		{ length: text.length },
		(_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
	).join('');
const html = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

/** The ways in which a text comes back from a service. */
const encodings: ReadonlyArray<readonly [string, (text: string) => string]> = [
	['itself', (text) => text],
	['a URL', percent],
	['a URL in small letters', (text) => percent(text).replace(/%../g, (escape) => escape.toLowerCase())],
	['a URL with every byte encoded', strictly],
	['a form', (text) => new URLSearchParams([['', text]]).toString().slice(1)],
	['JSON', (text) => JSON.stringify(text).slice(1, -1)],
	['JSON with escaped slashes', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
	['JSON with every character escaped', unicode],
	['HTML', html],
	['HTML with numbers', (text) => [...text].map((character) => `&#${character.codePointAt(0)};`).join('')],
	[
		'HTML with hexadecimal numbers',
		(text) => [...text].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
	],
];

describe('No secret survives', () => {
	test.each(encodings)('in %s, wherever in a text it stands', (_what, encode) => {
		fc.assert(
			fc.property(secret.filter(wellFormed), fc.string(), fc.string(), (key, before, after) => {
				const written = encode(key);
				const said = redactor([key])(`${before}${written}${after}`);
				expect(said).toContain('[hidden]');
				expect(said.replaceAll('[hidden]', '')).not.toContain(written);
			}),
			{ numRuns: 300 },
		);
	});

	test('in base64, with anything before and after it', () => {
		fc.assert(
			fc.property(
				secret.filter(wellFormed),
				fc.string({ maxLength: 8 }),
				fc.string({ maxLength: 8 }),
				fc.constantFrom('base64' as const, 'base64url' as const),
				(key, before, after, how) => {
					const said = redactor([key])(Buffer.from(before + key + after).toString(how));
					expect(Buffer.from(said.replaceAll('[hidden]', ''), how).toString()).not.toContain(key);
					expect(said).toContain('[hidden]');
				},
			),
			{ numRuns: 300 },
		);
	});

	test('of several, one of which is the beginning of another', () => {
		const hide = redactor(['secret-1', 'secret-1-and-more']);
		expect(hide('secret-1-and-more, secret-1')).toBe('[hidden], [hidden]');
	});

	test.each([
		'X-Amz-Signature',
		'X-Amz-Credential',
		'X-Amz-Security-Token',
		'X-Goog-Signature',
		'Signature',
		'sig',
	])('as the %s of an address of a storage service', (name) => {
		expect(redactor([])(`https://s3.example/a.zip?X-Amz-Date=1&${name}=a%2Fb9&y=1`)).toBe(
			`https://s3.example/a.zip?X-Amz-Date=1&${name}=[hidden]&y=1`,
		);
	});

	test('as a one-time token in a URL', () => {
		const hide = redactor([]);
		expect(hide('GET https://a.example/x?token=abc123&y=1 and &access_token=zzz"')).toBe(
			'GET https://a.example/x?token=[hidden]&y=1 and &access_token=[hidden]"',
		);
	});

	test('but text that holds none stays as it is, and so do secrets too short to be any', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				fc.pre(!/token=/i.test(text));
				expect(redactor(['a key that is not there', 'ab', ''])(text)).toBe(text);
			}),
		);
	});
});

describe('In JSON', () => {
	test('no string and no name keeps a secret, and all else stays', () => {
		fc.assert(
			fc.property(secret, fc.jsonValue(), fc.string(), (key, value, text) => {
				fc.pre(!JSON.stringify(value).includes('token=') && !text.includes('token='));
				const hide = redactor([key]);
				const given = { [`${text}${key}`]: [value, { deep: `${key}${text}` }], size: 7 };
				const told = JSON.stringify(redactJson(given, hide));
				expect(told).not.toContain(JSON.stringify(key).slice(1, -1));
				expect(redactJson({ ...given, other: null }, (plain) => plain)).toEqual({ ...given, other: null });
			}),
		);
	});

	test('a token in a quoted URL does not break the JSON around it', () => {
		const body = { message: 'see "https://a.example/?token=abc" now', list: ['x'] };
		expect(redactJson(body, redactor(['some-secret']))).toEqual({
			message: 'see "https://a.example/?token=[hidden]" now',
			list: ['x'],
		});
	});

	test('names like __proto__ are data', () => {
		const body: unknown = JSON.parse('{"__proto__": {"key": "my-secret-key"}}');
		expect(JSON.stringify(redactJson(body, redactor(['my-secret-key'])))).toBe(
			'{"__proto__":{"key":"[hidden]"}}',
		);
	});
});
