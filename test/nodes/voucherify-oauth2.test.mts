import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationField } from '../../nodes/Voucherify/authentication';
import { listSearch } from '../../nodes/Voucherify/lists';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { describeWithContract, OpenApiContract } from '../contract/contract.mts';
import { problemsOfTraffic } from '../contract/traffic.mts';
import { searchList } from './list-search.mts';
import { runNode, type NodeSetup } from './n8n.mts';
import {
	codesOf,
	customers,
	failureOf,
	located,
	oAuth2Setup,
	publishing,
	requests,
	runVoucherify,
} from './voucherify.mts';

const CAMPAIGN = 'Summer Sale 20%';
const QUARTER_OF_AN_HOUR = 900_000;

/** By how much the clock of this process, which the sandbox's follows, is ahead, in ms. */
let ahead = 0;
let sandbox: Sandbox;
beforeAll(async () => {
	const real = Date.now;
	jest.spyOn(Date, 'now').mockImplementation(() => real() + ahead);
	sandbox = await startSandbox();
});
beforeEach(() => {
	// Tokens outlive executions: what an earlier test was given has ended by now.
	ahead += 2 * QUARTER_OF_AN_HOUR;
	sandbox.reset();
});
afterAll(async () => {
	await sandbox.close();
	jest.restoreAllMocks();
});

const credential = (change: ICredentialDataDecryptedObject = {}) => oAuth2Setup(sandbox, change);

async function run(
	parameters: INodeParameters,
	input: readonly IDataObject[] = [{}],
	change: ICredentialDataDecryptedObject = {},
	more: Partial<NodeSetup> = {},
) {
	const choice = { authentication: 'oAuth2', ...parameters };
	return await runVoucherify(sandbox, choice, input, { ...credential(change), ...more });
}

const publish = async (
	howMany: number,
	change: ICredentialDataDecryptedObject = {},
	more: Partial<NodeSetup> = {},
) => await run(publishing(CAMPAIGN), customers(howMany), change, more);

const tokenRequests = () => requests(sandbox, 'POST', '/v1/oauth/token');
const statuses = (path = '/v1/publications') => requests(sandbox, 'POST', path).map(({ status }) => status);

describe('The Voucherify node with OAuth2', () => {
	test('sends a token instead of the keys, and asks for one token however many items there are', async () => {
		const { items, error } = await publish(20);
		expect(error).toBeUndefined();
		expect(new Set(codesOf(items)).size).toBe(20);
		expect(tokenRequests()).toHaveLength(1);
		for (const { requestHeaders } of requests(sandbox, 'POST', '/v1/publications')) {
			expect(requestHeaders['authorization']).toMatch(/^Bearer .+/);
			expect(requestHeaders['x-app-token']).toBeUndefined();
		}
	});

	test('asks for the chosen scopes', async () => {
		await publish(1, { scopes: ['publications', 'campaigns'] });
		const form = new URLSearchParams(String(tokenRequests()[0]?.requestBody));
		expect(Object.fromEntries(form)).toEqual({
			grant_type: 'client_credentials',
			scope: 'publications campaigns',
		});
	});

	test.each([[[]], ['']])('asks for everything where the credential holds no scopes (%j)', async (scopes) => {
		expect((await publish(1, { scopes })).error).toBeUndefined();
		const form = new URLSearchParams(String(tokenRequests()[0]?.requestBody));
		expect(form.get('scope')).toBe('api');
	});

	test('uses its token in later executions', async () => {
		for (let n = 0; n < 3; n++) expect((await publish(2)).error).toBeUndefined();
		expect(tokenRequests()).toHaveLength(1);
	});

	test('shares no token between credentials', async () => {
		await publish(1);
		const { error } = await publish(1, { secretKey: 'some-wrong-key-123' });
		expect(error?.message).toContain('does not accept these keys');
	});

	test('renews the token in time, before Voucherify refuses it', async () => {
		await publish(1);
		ahead += QUARTER_OF_AN_HOUR - 30_000;
		expect((await publish(8)).error).toBeUndefined();
		expect(tokenRequests()).toHaveLength(2);
		expect(statuses()).not.toContain(401);
	});

	test('keeps a token that is good for minutes', async () => {
		await publish(1);
		ahead += QUARTER_OF_AN_HOUR - 120_000;
		await publish(1);
		expect(tokenRequests()).toHaveLength(1);
	});

	test('renews a token that Voucherify refuses before its time, and loses no item', async () => {
		await publish(1);
		sandbox.clock.advance(QUARTER_OF_AN_HOUR + 1_000);
		const { items, error } = await publish(20);
		expect(error).toBeUndefined();
		expect(new Set(codesOf(items)).size).toBe(20);
		expect(sandbox.log.entries().filter(({ status }) => status === 401)).toHaveLength(1);
		expect(tokenRequests()).toHaveLength(2);
	});

	test('does so for what must not be sent twice, and with a single try', async () => {
		await publish(1);
		sandbox.clock.advance(QUARTER_OF_AN_HOUR + 1_000);
		const { error } = await run({
			resource: 'event',
			operation: 'track',
			event: 'newsletter_subscribed',
			customer: located('sourceId', 'customer-000001'),
			requestSettings: { tries: 1 },
		});
		expect(error).toBeUndefined();
		expect(statuses('/v1/events')).toEqual([401, 200]);
	});

	test('gives up when the new token is refused too', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			path: '/v1/publications',
			kind: 'status',
			status: 401,
			body: { code: 401, key: 'unauthorized', message: 'Unauthorized' },
		});
		const { error } = await publish(1);
		expect(error?.message).toContain('does not accept');
		expect(statuses()).toEqual([401, 401]);
		expect(tokenRequests()).toHaveLength(2);
	});

	test('tries again when asking for a token fails for the moment', async () => {
		sandbox.faults.add({
			service: 'voucherify',
			path: '/v1/oauth/token',
			kind: 'status',
			status: 503,
			times: 1,
		});
		expect((await publish(1)).error).toBeUndefined();
		expect(tokenRequests()).toHaveLength(2);
	});

	test('says which scope is missing, and where to add it', async () => {
		const { failed } = await publish(1, { scopes: ['campaigns'] }, { onError: 'continueErrorOutput' });
		const { message, description } = failureOf(failed[0]);
		expect(message).toContain('may not do that');
		expect(description).toContain('lacks the scope publications');
		expect(description).toContain('Add the missing scope');
	});

	test('says that a scope does not exist', async () => {
		const { error } = await publish(1, { scopes: ['everything'] });
		expect(error?.message).toContain('Scope everything does not exist');
		expect(error?.description).toContain('Choose other scopes');
	});

	test('hides its token when Voucherify repeats it', async () => {
		await publish(1);
		const [first] = requests(sandbox, 'POST', '/v1/publications');
		const token = String(first?.requestHeaders['authorization']).replace('Bearer ', '');
		sandbox.faults.add({
			service: 'voucherify',
			path: '/v1/publications',
			kind: 'status',
			status: 400,
			body: { key: 'invalid_payload', message: `Odd token ${token}`, details: token },
		});
		const { error } = await publish(1);
		expect(error?.message).toContain('Odd token [hidden]');
		expect(JSON.stringify(error)).not.toContain(token);
	});

	test('fills the lists of its form with a token too', async () => {
		const setup = { properties: [authenticationField], parameters: { authentication: 'oAuth2' } };
		const { results } = await searchList(listSearch.searchCampaigns, { ...credential(), ...setup });
		expect(results.map(({ name }) => name)).toContain(CAMPAIGN);
		expect(tokenRequests()).toHaveLength(1);
	});
});

describe('Other nodes with the Voucherify OAuth2 credential', () => {
	/** Sends one request as the HTTP Request node does: with n8n's own looking after the token. */
	const plain: INodeType = {
		description: {
			displayName: 'Plain',
			name: 'plain',
			group: ['transform'],
			version: 1,
			description: 'Sends a request',
			defaults: { name: 'Plain' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'voucherifyOAuth2Api', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const url = `${sandbox.voucherify.url}/v1/campaigns`;
			const { httpRequestWithAuthentication } = this.helpers;
			const json = (await httpRequestWithAuthentication.call(this, 'voucherifyOAuth2Api', {
				url,
			})) as IDataObject;
			return [[{ json }]];
		},
	};
	const send = async (change: ICredentialDataDecryptedObject = {}) =>
		await runNode({ node: plain, parameters: {}, ...credential(change) });

	test('get a token when there is none', async () => {
		const { items, error } = await send();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ object: 'list', data_ref: 'campaigns' });
		expect(tokenRequests()).toHaveLength(1);
	});

	test('get another token when the one that n8n kept is refused', async () => {
		const { items, error } = await send({ accessToken: 'one-that-has-ended' });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ data_ref: 'campaigns' });
		expect(requests(sandbox, 'GET', '/v1/campaigns').map(({ status }) => status)).toEqual([401, 200]);
	});

	test('hear why there is no token, without seeing the keys', async () => {
		const { error } = await send({ secretKey: 'some-wrong-key-123' });
		expect(error).toBeDefined();
		expect(JSON.stringify([error, error?.message, error?.description])).not.toContain('some-wrong-key-123');
	});
});

describeWithContract('voucherify-contract.json', 'Asking for a token', () => {
	test('follows the contract', async () => {
		await publish(1);
		const contract = new OpenApiContract('voucherify-contract.json');
		expect(tokenRequests()).toHaveLength(1);
		expect(problemsOfTraffic(contract, sandbox)).toEqual([]);
	});
});
