import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addGiftCredits } from '../../nodes/Braze/connectedContent/addGiftCredits';
import { addLoyaltyPoints } from '../../nodes/Braze/connectedContent/addLoyaltyPoints';
import { inviteReferrers } from '../../nodes/Braze/connectedContent/inviteReferrers';
import { loyaltyBalance } from '../../nodes/Braze/connectedContent/loyaltyBalance';
import { personalCode } from '../../nodes/Braze/connectedContent/personalCode';
import { publishCode } from '../../nodes/Braze/connectedContent/publishCode';
import { resendCode } from '../../nodes/Braze/connectedContent/resendCode';
import { serveFromN8n } from '../../nodes/Braze/connectedContent/serveFromN8n';
import type { Snippet } from '../../nodes/Braze/connectedContent/snippet';
import { unusedCoupons } from '../../nodes/Braze/connectedContent/unusedCoupons';
import { InvalidInput } from '../../nodes/common/failure';
import type { ConnectedContentRequest } from '../nodes/braze-connected-content-tag.mts';
import { BrazeMessages, type LiquidProfile } from '../nodes/braze-message.mts';
import { anyText } from './any-text.mts';
import { MANY_CASES } from './many-cases.mts';

/** What can't stand within a Liquid tag. */
const BREAKS = /['"`{}%\\\p{Cc}\u2028\u2029]/u;

/** Mostly what a field is for, at times anything. */
const mostly = (...usual: readonly string[]) =>
	fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...usual) }, anyText, fc.constant(''));
const attribute = mostly('crm id', 'Été — 3 (neu)', '$id', 'a.b', '#1', 'x | upcase', '] [0');
const profileField = <From extends string>(...standard: From[]) =>
	fc.oneof(
		fc.record({ from: fc.constantFrom(...standard) }),
		fc.record({ from: fc.constant('attribute' as const), name: attribute }),
	);

/** The form of Create Snippet. */
const form = fc.record({
	/** Of the campaign or the event. */
	name: anyText,
	customer: profileField('externalId', 'brazeId', 'email', 'phone'),
	prefix: profileField('firstName', 'lastName', 'phone'),
	codeAttribute: attribute,
	suffix: mostly('', 'second', '-_2'),
	start: mostly('', 'SUMMER-', 'a_1'),
	answerField: mostly('code', 'voucher.code', 'a_1.b.c'),
	variable: mostly('answer', 'a1', 'second_code', 'voucher', 'code', 'customer', 'publication'),
	onFailure: fc.oneof(
		fc.record({ text: anyText }),
		fc.record({ abort: mostly('No code', 'Été — (3)?', '#{1}', '') }),
	),
	key: mostly('an-app', 'c6f0.1~2_3'),
	secret: mostly('s3cret', 'a+b/c=='),
	headerName: mostly('X-Secret', 'Authorization'),
	origin: mostly('https://api.voucherify.io', 'https://acme.api.voucherify.io'),
	webhookUrl: mostly('https://n8n.example.com/webhook/x', "https://n8n.example.com/a'b{{c}}?d=%22&e='%}"),
	parts: fc.constantFrom('campaignUser' as const, 'sendOutUser' as const, 'user' as const),
	message: fc.constantFrom('campaign' as const, 'canvas' as const),
	ending: fc.constantFrom('hash' as const, 'nothing' as const),
	amount: fc.integer({ min: 1, max: 2 ** 40 }),
	cacheFor: fc.constantFrom('none' as const, 300, 14_400),
	retry: fc.boolean(),
});
type Form = typeof form extends fc.Arbitrary<infer Value> ? Value : never;

/** A user, and what the services answer about them. */
const user = fc.record({
	id: anyText,
	code: anyText,
	name: anyText,
	/** What an answer holds for the message; nothing where every call is answered by 404. */
	answer: fc.option(anyText, { nil: undefined }),
});
type User = typeof user extends fc.Arbitrary<infer Value> ? Value : never;

/** A request: the parts of its path and its query as servers read them. */
interface Call {
	readonly path: readonly unknown[];
	readonly query: Readonly<Record<string, unknown>>;
	readonly body?: unknown;
	/** Made only where the one before it has no answer. */
	readonly isSecond?: boolean;
}

/** One thing that a snippet can do. */
interface UseCase {
	make(form: Form): Snippet;
	/** The fields that may be refused, each with whether it is. */
	refuses(form: Form): readonly boolean[];
	calls(form: Form, user: User): readonly Call[];
	/** What the message shows of the answer. */
	shows(user: User): string | undefined;
}

const SENDING = { campaign: { api_id: 'c-1', dispatch_id: 'd-1' }, canvas: { api_id: 'cv-1' } };
const ANY = Symbol('anything');

const isUnnameable = (name: string) => name === '' || BREAKS.test(name);
const refusesField = (field: Form['customer'] | Form['prefix']) =>
	'name' in field && isUnnameable(field.name);
const refusesManners = ({ variable, onFailure }: Form) => [
	!/^[a-z][a-z0-9_]*$/.test(variable),
	'abort' in onFailure && BREAKS.test(onFailure.abort),
];
const refusesVoucherify = (made: Form) => [
	...refusesManners(made),
	refusesField(made.customer),
	!/^[\w.~-]+$/.test(made.key),
	!made.origin.startsWith('https://'),
];
const refusesSuffix = ({ suffix }: Form) => !/^[\w-]*$/.test(suffix);

const manners = ({ cacheFor, retry, onFailure, variable }: Form) => ({
	cacheFor,
	retry,
	onFailure,
	variable,
});
const base = (made: Form) => ({
	project: { origin: made.origin, applicationId: made.key, secretKey: made.key },
	customer: made.customer,
	manners: manners(made),
	message: made.message,
});
const campaignId = ({ message }: Form) => (message === 'campaign' ? 'c-1' : 'cv-1');
function sourceId(made: Form, { id }: User): string {
	const first = { campaignUser: campaignId(made), sendOutUser: 'd-1', user: '' }[made.parts];
	return `${first}${id}${made.suffix === '' ? '' : `-${made.suffix}`}`;
}

function publishing(what: typeof publishCode): UseCase {
	return {
		make: (made) =>
			what({
				...base(made),
				campaign: made.name,
				repeat: { by: 'sourceId', parts: made.parts, suffix: made.suffix },
			}),
		refuses: (made) => [...refusesVoucherify(made), refusesSuffix(made)],
		calls: (made, one) => {
			const source_id = sourceId(made, one);
			const campaign = { name: made.name };
			return [
				{
					path: ['v1', 'publications'],
					query: { cache_id: `${made.name}-${source_id}` },
					body: { campaign, source_id, customer: { source_id: one.id }, channel: 'Braze' },
				},
				{ path: ['v1', 'publications'], query: { source_id }, isSecond: true },
			];
		},
		shows: ({ answer }) => answer,
	};
}

function aboutCard(
	make: (card: Parameters<typeof loyaltyBalance>[0], made: Form) => Snippet,
	call: (made: Form, user: User) => Partial<Call>,
	shows: UseCase['shows'],
): UseCase {
	return {
		make: (made) => make({ ...base(made), codeAttribute: made.codeAttribute }, made),
		refuses: (made) => [...refusesVoucherify(made), isUnnameable(made.codeAttribute)],
		calls: (made, one) =>
			one.code.trim() === ''
				? []
				: [
						{
							path: ['v1', 'vouchers', one.code.trim()],
							query: { cache_id: `d-1${one.id}` },
							...call(made, one),
						},
					],
		shows,
	};
}

const useCases = {
	publishCode: publishing(publishCode),
	inviteReferrers: publishing(inviteReferrers),
	joinOnce: {
		make: (made) => publishCode({ ...base(made), campaign: made.name, repeat: { by: 'joinOnce' } }),
		refuses: refusesVoucherify,
		calls: ({ name }, { id }) => [
			{
				path: ['v1', 'publications'],
				query: { join_once: 'true', cache_id: `${name}-${id}` },
				body: { campaign: { name }, customer: { source_id: id }, channel: 'Braze' },
			},
		],
		shows: ({ answer }) => answer,
	},
	personalCode: {
		make: (made) =>
			personalCode({
				...base(made),
				campaign: made.name,
				parts: made.parts,
				suffix: made.suffix,
				start: made.start,
				prefix: made.prefix,
				ending: made.ending,
			}),
		refuses: (made) => [
			...refusesVoucherify(made),
			refusesSuffix(made),
			refusesField(made.prefix),
			!/^[\w-]*$/.test(made.start),
			['.', '..'].includes(made.name),
		],
		calls: (made, one) => {
			// A code of nothing but the prefix needs one of which something is left.
			const prefix = made.prefix.from === 'phone' ? one.id : one.name;
			if (made.ending === 'nothing' && prefix.trim().replace(/[ +.*']/g, '') === '') return [];
			const source_id = sourceId(made, one);
			const query = { cache_id: `${made.name}-${source_id}` };
			const customer = { source_id: one.id };
			return [
				{ path: ['v1', 'campaigns', made.name, 'vouchers', ANY], query, body: {} },
				{
					path: ['v1', 'publications'],
					query,
					body: { voucher: ANY, source_id, customer, channel: 'Braze' },
				},
				{ path: ['v1', 'publications'], query: { source_id }, isSecond: true },
			];
		},
		shows: ({ answer }) => answer,
	},
	loyaltyBalance: aboutCard(
		loyaltyBalance,
		() => ({}),
		() => '7',
	),
	resendCode: aboutCard(
		resendCode,
		() => ({}),
		({ code }) => code.trim(),
	),
	addGiftCredits: aboutCard(
		(card, { amount }) => addGiftCredits({ ...card, amount }),
		({ amount }, { id, code }) => ({
			path: ['v1', 'vouchers', code.trim(), 'balance'],
			query: { cache_id: `${amount}-d-1${id}` },
			body: { amount, source_id: `d-1${id}`, reason: 'Braze Connected Content' },
		}),
		() => '7.00',
	),
	addLoyaltyPoints: {
		make: (made) => addLoyaltyPoints({ ...base(made), event: made.name }),
		refuses: refusesVoucherify,
		calls: ({ name: event }, { id }) => [
			{
				path: ['v1', 'events'],
				query: { cache_id: `${event}-d-1${id}` },
				body: { event, customer: { source_id: id } },
			},
		],
		shows: () => '',
	},
	unusedCoupons: {
		make: (made) => unusedCoupons({ ...base(made), campaign: made.name }),
		refuses: refusesVoucherify,
		calls: ({ name }, { id }) => [
			{
				path: ['v1', 'vouchers'],
				query: { customer: id, campaign: name, limit: '100', cache_id: `d-1${id}` },
			},
		],
		shows: ({ answer }) => answer,
	},
	serveFromN8n: {
		make: (made) =>
			serveFromN8n({
				url: made.webhookUrl,
				header: { name: made.headerName, secret: made.secret },
				customer: made.customer,
				message: made.message,
				parts: made.parts,
				suffix: made.suffix,
				answerField: made.answerField,
				manners: manners(made),
			}),
		refuses: (made) => [
			...refusesManners(made),
			refusesField(made.customer),
			refusesSuffix(made),
			!made.webhookUrl.startsWith('https://'),
			!/^[A-Za-z][\w-]*$/.test(made.headerName),
			!/^[\w.~+/=-]+$/.test(made.secret),
			!/^[A-Za-z]\w*(\.\w+)*$/.test(made.answerField),
		],
		calls: (made, one) => {
			const source_id = sourceId(made, one);
			const { pathname, searchParams } = new URL(made.webhookUrl);
			return [
				{
					path: pathname.slice(1).split('/').map(decodeURIComponent),
					query: { ...Object.fromEntries(searchParams), cache_id: source_id },
					body: { campaign_id: campaignId(made), dispatch_id: 'd-1', user_id: one.id, key: source_id },
				},
			];
		},
		shows: ({ answer }) => answer,
	},
} satisfies Readonly<Record<string, UseCase>>;
const USE_CASES = Object.keys(useCases) as Array<keyof typeof useCases>;

/** What both services answer to any of the calls. */
function answerTo({ body }: ConnectedContentRequest, made: Form, { id, code, answer }: User): unknown {
	const sent: unknown = body === undefined ? undefined : JSON.parse(body);
	const isObject = typeof sent === 'object' && sent !== null;
	const coupon = {
		type: 'DISCOUNT_VOUCHER',
		active: true,
		code: answer,
		redemption: { redeemed_quantity: 0 },
	};
	return {
		object: isObject && 'event' in sent ? 'event' : 'balance',
		...(isObject && 'source_id' in sent ? { source_id: sent.source_id } : {}),
		customer: { id: 'cust_1', source_id: id },
		code: code.trim(),
		active: true,
		balance: 700,
		loyalty_card: { balance: 7 },
		redemption: { redeemed_quantity: 0 },
		vouchers: [coupon],
		voucher: { code: answer },
		...(isObject && 'key' in sent
			? (made.answerField
					.split('.')
					.reduceRight<unknown>((inner, name) => ({ [name]: inner }), answer) as object)
			: {}),
	};
}

/** Compares what came with what was expected, of which some may be anything. */
function isLike(found: unknown, expected: unknown): boolean {
	if (expected === ANY) return true;
	if (typeof expected !== 'object' || expected === null) return found === expected;
	if (typeof found !== 'object' || found === null) return false;
	const entries = new Map(Object.entries(found));
	return (
		entries.size === Object.keys(expected).length &&
		Object.entries(expected).every(([name, value]) => entries.has(name) && isLike(entries.get(name), value))
	);
}

/** What is on the profile where an attribute has more than one use. */
function attributesOf(made: Form, one: User): { readonly code: string; readonly name: string } {
	const attributes = profileOf(made, one).custom_attribute ?? {};
	const { codeAttribute, prefix } = made;
	return {
		code: String(attributes[codeAttribute]),
		name: 'name' in prefix ? String(attributes[prefix.name]) : one.name,
	};
}

function profileOf({ customer, prefix, codeAttribute }: Form, { id, code, name }: User): LiquidProfile {
	return {
		user_id: id,
		braze_id: id,
		email_address: id,
		phone_number: id,
		first_name: name,
		last_name: name,
		custom_attribute: {
			...('name' in prefix ? { [prefix.name]: name } : {}),
			[codeAttribute]: code,
			...('name' in customer ? { [customer.name]: id } : {}),
		},
	};
}

let requests: ConnectedContentRequest[] = [];
let answerOf: (request: ConnectedContentRequest) => unknown;
const braze = new BrazeMessages({
	now: () => 0,
	savesErrors: false,
	transport: async (request) => {
		requests.push(request);
		const answer = answerOf(request);
		return answer === undefined ? { status: 404, body: '{}' } : { status: 200, body: JSON.stringify(answer) };
	},
});

/** What the message shows, or why it is not sent. */
async function rendered({ snippet, shows }: Snippet, made: Form, one: User): Promise<string> {
	requests = [];
	answerOf = (request) => (one.answer === undefined ? undefined : answerTo(request, made, one));
	braze.cache.clear();
	const message = await braze.render(`before ${snippet} after ${shows}`, profileOf(made, one), SENDING);
	return 'text' in message ? message.text : message.aborted;
}

function readCall({ url, body }: ConnectedContentRequest): Call {
	const { pathname, searchParams } = new URL(url);
	return {
		path: pathname.slice(1).split('/').map(decodeURIComponent),
		query: Object.fromEntries(searchParams),
		...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
	};
}

describe('Whatever is typed into the form of a snippet, is on the profile and is answered', () => {
	test.each(USE_CASES)('%s asks for exactly that and shows exactly that, or is refused', async (name) => {
		const { make, refuses, calls, shows }: UseCase = useCases[name];
		let refused = 0;
		let answered = 0;
		await fc.assert(
			fc.asyncProperty(form, user, async (typed, given) => {
				if (refuses(typed).includes(true)) {
					refused++;
					assert.throws(() => make(typed), InvalidInput);
					return;
				}
				const one = { ...given, ...attributesOf(typed, given) };
				// URLs know no such segments: nothing is there.
				fc.pre(!['.', '..'].includes(one.code.trim()));
				const text = await rendered(make(typed), typed, one);
				const expected = one.id.trim() === '' ? [] : calls(typed, one);
				const due = expected.filter(({ isSecond }) => isSecond !== true || one.answer === undefined);
				const found = requests.map(readCall);
				const wanted = due.map(({ isSecond, ...call }) => call);
				assert(isLike(found, wanted), `${JSON.stringify(found)} rather than ${JSON.stringify(wanted)}`);
				for (const { url, headers, method, body } of requests) {
					assert.equal(method, body === undefined ? 'GET' : 'POST');
					const { origin, keys } =
						name === 'serveFromN8n'
							? { origin: new URL(typed.webhookUrl).origin, keys: { [typed.headerName]: typed.secret } }
							: { origin: typed.origin, keys: { 'X-App-Id': typed.key, 'X-App-Token': typed.key } };
					assert.equal(new URL(url).origin, origin);
					assert.deepEqual(headers, { 'content-type': 'application/json', ...keys });
				}
				const { onFailure } = typed;
				const answer = due.length === 0 || one.answer === undefined ? undefined : shows(one);
				if (answer !== undefined) answered++;
				const instead = 'abort' in onFailure ? onFailure.abort : `beforeafter ${onFailure.text}`;
				assert.equal(text, answer === undefined ? instead : `beforeafter ${answer}`);
			}),
			{ numRuns: MANY_CASES.numRuns / USE_CASES.length },
		);
		expect(Math.min(refused, answered)).toBeGreaterThan(50);
	});
});

describe('A variable that has another use', () => {
	const [typed] = fc.sample(
		form.filter((made) => USE_CASES.every((name) => !useCases[name].refuses(made).includes(true))),
		1,
	);
	assert(typed !== undefined);

	test.each(['campaign', 'canvas', 'custom_attribute', 'nil', 'blank', 'true', 'or', 'forloop'])(
		'is refused, such as %s: the snippet would hide it from itself',
		(variable) => {
			for (const name of USE_CASES) {
				const { make }: UseCase = useCases[name];
				assert.throws(() => make({ ...typed, variable }), /"Variable" is "\w+", which Liquid, Braze or/);
			}
		},
	);

	test('is refused, whichever of all the variables in a snippet it is', () => {
		const own = USE_CASES.flatMap((name) => {
			const { make }: UseCase = useCases[name];
			const { snippet } = make({ ...typed, variable: 'x' });
			return [...snippet.matchAll(/\{%- (?:assign|capture|for) (\w+)/g)].map(([, found = '']) => found);
		}).filter((name) => !/^x(_|$)/.test(name));
		expect(new Set(own).size).toBeGreaterThan(8);
		for (const variable of own)
			assert.throws(() => publishing(publishCode).make({ ...typed, variable }), InvalidInput, variable);
	});
});
