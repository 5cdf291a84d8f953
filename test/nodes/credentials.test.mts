import type { ICredentialDataDecryptedObject, ICredentialType, INodeType } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { VoucherifyManagementApi } from '../../credentials/VoucherifyManagementApi.credentials';
import { VoucherifyOAuth2Api } from '../../credentials/VoucherifyOAuth2Api.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import { Voucherify } from '../../nodes/Voucherify/Voucherify.node';
import { VoucherifyTrigger } from '../../nodes/VoucherifyTrigger/VoucherifyTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { SCOPES } from '../../sandbox/voucherify/oauth.mts';
import { engine } from './n8n.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

/** Runs the test of a credential as its dialog does. */
async function testOf(node: INodeType, type: string, data: ICredentialDataDecryptedObject) {
	const { core } = await engine();
	const { testedBy } = node.description.credentials?.find(({ name }) => name === type) ?? {};
	const test = node.methods?.credentialTest?.[String(testedBy)];
	if (test === undefined) throw new Error(`${type} has no test`);
	return await test.call(new core.CredentialTestContext(), { id: '1', name: type, type, data });
}

describe('The Braze credential', () => {
	const test_ = async (change: ICredentialDataDecryptedObject = {}) =>
		await testOf(new Braze(), 'brazeApi', {
			instance: 'custom',
			baseUrl: sandbox.braze.url,
			apiKey: sandbox.braze.apiKey,
			...change,
		});

	test('is accepted when the key is right, and nothing is written', async () => {
		expect(await test_()).toEqual({ status: 'OK', message: 'Connection successful' });
		expect(sandbox.braze.state.summary()).toMatchObject({ profiles: 0 });
	});

	test('is accepted when the key may do nothing but track users', async () => {
		expect(await test_({ apiKey: sandbox.braze.state.trackOnlyKey })).toMatchObject({ status: 'OK' });
	});

	test('is refused for a wrong key, which is not shown', async () => {
		const { status, message } = await test_({ apiKey: 'some-wrong-key-123' });
		expect(status).toBe('Error');
		expect(message).toContain('does not know this key');
		expect(message).not.toContain('some-wrong-key-123');
	});

	test('is refused for a key without the permission users.track', async () => {
		sandbox.braze.state.keys.add({ key: 'reads-only-key', permissions: ['campaigns.list'] });
		expect(await test_({ apiKey: 'reads-only-key' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('users.track'),
		});
	});

	test.each([
		['a host where nothing listens', { baseUrl: 'http://127.0.0.1:9' }, 'nothing listens there'],
		['a host that does not exist', { baseUrl: 'http://rest.nowhere.invalid' }, 'no host of that name'],
		['an address that is none', { baseUrl: 'rest.iad-01.braze.com' }, 'URL in the Braze credential'],
	])('tells %s from a wrong key', async (_case, change, words) => {
		const { status, message } = await test_(change);
		expect(status).toBe('Error');
		expect(message).toContain(words);
	});

	test('tells a host that is not Braze from a wrong key', async () => {
		const { status, message } = await test_({ baseUrl: sandbox.dashboard });
		expect(status).toBe('Error');
		expect(message).not.toContain('key');
	});
});

describe('The Voucherify credential', () => {
	const test_ = async (change: ICredentialDataDecryptedObject = {}) => {
		const { url, applicationId, secretKey } = sandbox.voucherify;
		return await testOf(new Voucherify(), 'voucherifyApi', {
			region: 'custom',
			baseUrl: url,
			applicationId,
			secretKey,
			...change,
		});
	};

	test('is accepted when the keys are right', async () => {
		expect(await test_()).toEqual({ status: 'OK', message: 'Connection successful' });
	});

	test('is refused for a wrong key, which is not shown', async () => {
		const { status, message } = await test_({ secretKey: 'some-wrong-key-123' });
		expect(status).toBe('Error');
		expect(message).toContain('does not accept these keys');
		expect(message).not.toContain('some-wrong-key-123');
	});

	test('tells a host where nothing listens from a wrong key', async () => {
		expect((await test_({ baseUrl: 'http://127.0.0.1:9' })).message).toContain('nothing listens there');
	});
});

describe('The Voucherify OAuth2 credential', () => {
	const test_ = async (change: ICredentialDataDecryptedObject = {}) => {
		const { url, applicationId, secretKey } = sandbox.voucherify;
		return await testOf(new Voucherify(), 'voucherifyOAuth2Api', {
			region: 'custom',
			baseUrl: url,
			applicationId,
			secretKey,
			scopes: ['publications', 'campaigns'],
			...change,
		});
	};

	test('is accepted when Voucherify gives a token for it', async () => {
		expect(await test_()).toEqual({ status: 'OK', message: 'Connection successful' });
	});

	test('is refused for a wrong key, which is not shown', async () => {
		const { status, message } = await test_({ secretKey: 'some-wrong-key-123' });
		expect(status).toBe('Error');
		expect(message).toContain('does not accept these keys');
		expect(message).not.toContain('some-wrong-key-123');
	});

	test('tells scopes that do not exist from a wrong key', async () => {
		const { status, message } = await test_({ scopes: ['everything'] });
		expect(status).toBe('Error');
		expect(message).toContain('Scope everything does not exist');
		expect(message).toContain('Choose other scopes');
	});

	test('offers exactly the scopes that Voucherify knows', () => {
		const scopes = new VoucherifyOAuth2Api().properties.find(({ name }) => name === 'scopes');
		const offered = scopes?.options?.map((option) => ('value' in option ? option.value : undefined));
		expect(new Set(offered)).toEqual(SCOPES);
	});
});

describe('The Voucherify Management credential', () => {
	const test_ = async (change: ICredentialDataDecryptedObject = {}) => {
		const { url, managementId, managementToken, projectId } = sandbox.voucherify;
		return await testOf(new VoucherifyTrigger(), 'voucherifyManagementApi', {
			region: 'custom',
			baseUrl: url,
			managementId,
			managementToken,
			projectId,
			...change,
		});
	};
	afterEach(() => {
		sandbox.voucherify.state.management.isIncluded = true;
	});

	test('is accepted when the keys reach the project, and nothing is written', async () => {
		expect(await test_()).toEqual({ status: 'OK', message: 'Connection successful' });
		expect(sandbox.voucherify.state.webhooks.targets).toEqual([]);
	});

	test('is refused for a wrong token, which is not shown', async () => {
		const { status, message } = await test_({ managementToken: 'some-wrong-token-123' });
		expect(status).toBe('Error');
		expect(message).toContain('does not accept these management keys');
		expect(message).not.toContain('some-wrong-token-123');
	});

	test('tells a plan without the Management API from a wrong token', async () => {
		sandbox.voucherify.state.management.isIncluded = false;
		expect((await test_()).message).toContain('plan does not include the Management API');
	});

	test('tells a wrong project from a wrong token', async () => {
		expect((await test_({ projectId: 'proj_nobody' })).message).toContain('no such project');
	});
});

describe('All credentials', () => {
	const types: ICredentialType[] = [
		new BrazeApi(),
		new VoucherifyApi(),
		new VoucherifyManagementApi(),
		new VoucherifyOAuth2Api(),
	];
	const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
		brazeApi: { authorization: 'Bearer key' },
		voucherifyApi: { 'X-App-Id': 'id', 'X-App-Token': 'token' },
		voucherifyOAuth2Api: { authorization: 'Bearer access' },
		voucherifyManagementApi: { 'X-Management-Id': 'm-id', 'X-Management-Token': 'm-token' },
	};

	test.each(types.map((type) => [type.name, type] as const))(
		'%s authenticates the HTTP Request node too, and keeps its headers',
		async (_name, type) => {
			const { authenticate } = type;
			if (typeof authenticate !== 'function') throw new Error('no function');
			const credentials = {
				apiKey: 'key',
				applicationId: 'id',
				secretKey: 'token',
				accessToken: 'access',
				managementId: 'm-id',
				managementToken: 'm-token',
			};
			const { headers } = await authenticate(credentials, { url: 'http://x', headers: { 'x-mine': '1' } });
			expect(headers).toMatchObject({ 'x-mine': '1', ...expected[type.name] });
		},
	);

	test.each(types.map((type) => [type.name, type] as const))(
		'%s hides every secret in its form',
		(_name, { properties }) => {
			const secrets = properties.filter(({ name }) => /secret|apiKey|token/i.test(name));
			expect(secrets.length).toBeGreaterThan(0);
			for (const { typeOptions } of secrets) expect(typeOptions?.password).toBe(true);
		},
	);
});
