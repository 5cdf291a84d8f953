import fc from 'fast-check';
import { addLoyaltyPoints } from '../../nodes/Braze/connectedContent/addLoyaltyPoints';
import { jsonString, plainInMessage, withinTag } from '../../nodes/Braze/connectedContent/escaping';
import { loyaltyBalance } from '../../nodes/Braze/connectedContent/loyaltyBalance';
import { personalCode } from '../../nodes/Braze/connectedContent/personalCode';
import { publishCode } from '../../nodes/Braze/connectedContent/publishCode';
import { serveFromN8n } from '../../nodes/Braze/connectedContent/serveFromN8n';
import type { Manners, Snippet } from '../../nodes/Braze/connectedContent/snippet';
import { unusedCoupons } from '../../nodes/Braze/connectedContent/unusedCoupons';
import { InvalidInput } from '../../nodes/common/failure';
import {
	type ConnectedContentManners,
	type ConnectedContentRequest,
	readConnectedContent,
} from '../nodes/braze-connected-content-tag.mts';
import { BrazeMessages, type LiquidProfile } from '../nodes/braze-message.mts';
import { anyText } from './any-text.mts';

const MANNERS: Manners = {
	cacheFor: 300,
	retry: true,
	onFailure: { text: 'none' },
	variable: 'answer',
};
const BASE = {
	project: { origin: 'https://api.voucherify.io', applicationId: 'an-app', secretKey: 'a-key' },
	customer: { from: 'externalId' },
	manners: MANNERS,
	message: 'campaign',
} as const;
const BY_USER = { by: 'sourceId', parts: 'campaignUser', suffix: '' } as const;
const SENDING = { campaign: { api_id: 'c-1', dispatch_id: 'd-1' } };

const requests: ConnectedContentRequest[] = [];
const MANNERS_OF_BRAZE: ConnectedContentManners = {
	now: () => 0,
	savesErrors: false,
	transport: async (request) => {
		requests.push(request);
		return { status: 404, body: '{}' };
	},
};
const asDocumented = new BrazeMessages(MANNERS_OF_BRAZE);

/** Renders a snippet where every call fails, and gives the requests and what the message shows. */
async function rendered(
	{ snippet, shows }: Snippet,
	profile: LiquidProfile,
	messages = asDocumented,
): Promise<{ requests: readonly ConnectedContentRequest[]; text: string }> {
	requests.length = 0;
	const message = await messages.render(`before ${snippet} after ${shows}`, profile, SENDING);
	return { requests: [...requests], text: 'text' in message ? message.text : message.aborted };
}

const bodyOf = (request: ConnectedContentRequest | undefined): unknown => JSON.parse(request?.body ?? '');
/** A URL as a server reads it. */
const addressOf = (request: ConnectedContentRequest | undefined) => new URL(request?.url ?? '');

describe('Whatever a campaign is called', () => {
	test('the body of the request carries exactly that name, and the message is as it was', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (campaign) => {
				const { requests, text } = await rendered(publishCode({ ...BASE, campaign, repeat: BY_USER }), {
					user_id: 'u-1',
				});
				expect(bodyOf(requests[0])).toEqual({
					campaign: { name: campaign },
					source_id: 'c-1u-1',
					customer: { source_id: 'u-1' },
					channel: 'Braze',
				});
				expect(addressOf(requests[0]).searchParams.get('cache_id')).toBe(`${campaign}-c-1u-1`);
				expect(text).toBe('beforeafter none');
			}),
			{ numRuns: 300 },
		);
	});

	test('the path and the query of a request carry exactly that name', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (campaign) => {
				fc.pre(!['.', '..'].includes(campaign));
				const personal = personalCode({
					...BASE,
					campaign,
					parts: 'user',
					suffix: '',
					start: 'A-',
					prefix: { from: 'firstName' },
					ending: 'hash',
				});
				const { requests } = await rendered(personal, { user_id: 'u-1', first_name: 'Ada' });
				const [, v1, campaigns, name, vouchers, code] = addressOf(requests[0]).pathname.split('/');
				expect([v1, campaigns, vouchers]).toEqual(['v1', 'campaigns', 'vouchers']);
				expect(decodeURIComponent(name ?? '')).toBe(campaign);
				expect(code).toMatch(/^A-ADA-[0-9A-F]{12}$/);
				const listed = await rendered(unusedCoupons({ ...BASE, campaign }), { user_id: 'u-1' });
				const query = addressOf(listed.requests[0]).searchParams;
				expect(query.get(campaign.startsWith('camp_') ? 'campaign_id' : 'campaign')).toBe(campaign);
			}),
			{ numRuns: 300 },
		);
	});

	test('and an event: the body carries exactly that name', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (event) => {
				const { requests } = await rendered(addLoyaltyPoints({ ...BASE, event }), { user_id: 'u-1' });
				expect(bodyOf(requests[0])).toEqual({ event, customer: { source_id: 'u-1' } });
			}),
		);
	});

	test.each(['half \ud83c', '\udf9f half'])('half a character is refused (%j)', (campaign) => {
		expect(() => publishCode({ ...BASE, campaign, repeat: BY_USER })).toThrow(InvalidInput);
	});
});

/** What Braze's documentation says of `json_escape`, to the letter. */
const escapingLittle = new BrazeMessages(MANNERS_OF_BRAZE, (value) =>
	String(value).replace(/["\\]/g, '\\$&'),
);

describe('Whatever a profile holds', () => {
	const snippetOf = () => publishCode({ ...BASE, campaign: 'Summer', repeat: BY_USER });

	test('the request is about exactly that user', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (user_id) => {
				const { requests, text } = await rendered(snippetOf(), { user_id });
				expect(text).toBe('beforeafter none');
				if (user_id.trim() === '') {
					expect(requests).toEqual([]);
					return;
				}
				expect(bodyOf(requests[0])).toMatchObject({
					source_id: `c-1${user_id}`,
					customer: { source_id: user_id },
				});
				expect(addressOf(requests[0]).searchParams.get('cache_id')).toBe(`Summer-c-1${user_id}`);
				expect(addressOf(requests[1]).searchParams.get('source_id')).toBe(`c-1${user_id}`);
			}),
			{ numRuns: 300 },
		);
	});

	test('or about nobody, where Braze escapes no more than it documents', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (user_id) => {
				fc.pre(user_id.trim() !== '');
				const { requests } = await rendered(snippetOf(), { user_id }, escapingLittle);
				try {
					bodyOf(requests[0]);
				} catch {
					// Voucherify refuses what is no JSON.
					expect(user_id).toMatch(/\p{Cc}/u);
					return;
				}
				expect(bodyOf(requests[0])).toMatchObject({ customer: { source_id: user_id } });
			}),
		);
	});

	test('a code in a path stays within it', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (code) => {
				fc.pre(code.trim() !== '' && !['.', '..'].includes(code.trim()));
				const snippet = loyaltyBalance({ ...BASE, codeAttribute: 'loyalty card' });
				const profile = { user_id: 'u-1', custom_attribute: { 'loyalty card': code } };
				const { requests } = await rendered(snippet, profile);
				expect(requests).toHaveLength(1);
				const segments = addressOf(requests[0]).pathname.split('/');
				expect(segments).toHaveLength(4);
				expect(decodeURIComponent(segments[3] ?? '').trim()).toBe(code.trim());
			}),
		);
	});

	test('a personalised code is made of capitals, digits and few signs', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (first_name) => {
				const snippet = personalCode({
					...BASE,
					campaign: 'Summer',
					parts: 'user',
					suffix: '',
					start: '',
					prefix: { from: 'firstName' },
					ending: 'hash',
				});
				const { requests } = await rendered(snippet, { user_id: 'u-1', first_name });
				expect(bodyOf(requests[1])).toHaveProperty(
					'voucher',
					expect.stringMatching(/^([0-9A-Z_-]{1,30}-)?[0-9A-F]{12}$/),
				);
			}),
		);
	});

	test('the body for n8n carries exactly that', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (value) => {
				fc.pre(value.trim() !== '');
				const snippet = serveFromN8n({
					url: 'https://n8n.example.com/webhook/x',
					header: { name: 'X-Secret', secret: 'x' },
					customer: { from: 'attribute', name: 'crm id' },
					message: 'campaign',
					parts: 'sendOutUser',
					suffix: '',
					answerField: 'code',
					manners: MANNERS,
				});
				const { requests } = await rendered(snippet, { custom_attribute: { 'crm id': value } });
				expect(bodyOf(requests[0])).toEqual({
					campaign_id: 'c-1',
					dispatch_id: 'd-1',
					user_id: value,
					key: `d-1${value}`,
				});
			}),
		);
	});
});

test('whatever a message shows instead of a code is shown as it was typed', async () => {
	await fc.assert(
		fc.asyncProperty(anyText, async (text) => {
			const manners = { ...MANNERS, onFailure: { text } };
			const snippet = publishCode({ ...BASE, manners, campaign: 'Summer', repeat: BY_USER });
			expect((await rendered(snippet, { user_id: 'u-1' })).text).toBe(`beforeafter ${text}`);
		}),
		{ numRuns: 300 },
	);
});

test('a reason for the log is written as it was typed, or refused', async () => {
	let written = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(anyText, fc.constantFrom('No code left', 'Été — 3 codes? (yes)')),
			async (abort) => {
				const manners = { ...MANNERS, onFailure: { abort } };
				const make = () => publishCode({ ...BASE, manners, campaign: 'Summer', repeat: BY_USER });
				if (/['"`{}%\\\p{Cc}\u2028\u2029]/u.test(abort)) {
					expect(make).toThrow(InvalidInput);
					return;
				}
				written++;
				expect((await rendered(make(), { user_id: 'u-1' })).text).toBe(abort);
			},
		),
		{ numRuns: 300 },
	);
	expect(written).toBeGreaterThan(30);
});

describe('Escaping', () => {
	test('JSON strings are what they were, in signs that nothing reads', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const json = jsonString('Text', text);
				expect(JSON.parse(json)).toBe(text);
				expect(json.slice(1, -1)).not.toMatch(/[^\x20-\x7e]|[{}$<>&'"`]/);
			}),
		);
	});

	test('text in a message holds no brace of its own', () => {
		expect(plainInMessage('Text', 'a {b} ${c} 10 % off')).toBe("a {{ '{' }}b} {{ '$' }}{{ '{' }}c} 10 % off");
	});

	test('text in a tag is refused with the sign that breaks it', () => {
		expect(withinTag('Name', 'Zürich — 20 €', 'Change it.')).toBe('Zürich — 20 €');
		expect(() => withinTag('Name', "it's", 'Change it.')).toThrow(
			'"Name" contains "\'", which would break the Liquid tag',
		);
	});
});

describe('The tag that the tests render with', () => {
	test.each([
		['no URL', ':method get'],
		['a method that Braze has not', 'https://a.example :method put'],
		['a body with spaces', 'https://a.example :method post :body {"a": 1}'],
		['an unknown option', 'https://a.example :timeout 3'],
		['a cache that is too short', 'https://a.example :cache_max_age 60'],
		['an option twice', 'https://a.example :save a :save b'],
	])('refuses %s', (_what, args) => {
		expect(() => readConnectedContent(args)).toThrow();
	});

	test('reads what Braze documents', () => {
		expect(
			readConnectedContent(
				`https://a.example/{{x | url_encode}}?y={{y}} :method post :headers { "A": "{{b}}", "C": "d" } :body a={{b | upcase}}&c=d :cache_max_age :retry :save z`,
			),
		).toEqual({
			url: 'https://a.example/{{x | url_encode}}?y={{y}}',
			method: 'POST',
			headers: { A: '{{b}}', C: 'd' },
			body: 'a={{b | upcase}}&c=d',
			contentType: undefined,
			cacheFor: 300,
			retry: true,
			save: 'z',
		});
		expect(readConnectedContent('https://a.example')).toMatchObject({
			method: 'GET',
			cacheFor: 300,
			retry: false,
		});
		expect(readConnectedContent('https://a.example :method post').cacheFor).toBe(0);
		expect(readConnectedContent('https://a.example :no_cache').cacheFor).toBe(0);
	});
});
