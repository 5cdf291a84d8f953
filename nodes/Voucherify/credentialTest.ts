import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { testCredential, type Probe } from '../common/credentialTest';
import { tokenRequest, voucherifyOAuth2 } from './oauth2';
import { voucherify } from './transport';

/** Shows that the keys work by listing one campaign. */
const probe: Probe = {
	method: 'GET',
	path: '/v1/campaigns?limit=1',
	authenticate: async (credential, options) => await new VoucherifyApi().authenticate(credential, options),
	judge: (status, body, baseUrl) => {
		const { host } = new URL(baseUrl);
		if (typeof body !== 'object' || body === null) {
			return `${host} does not answer like Voucherify (status ${status}). Check the region or the URL.`;
		}
		if (status < 300) return undefined;
		if (status === 401)
			return `Voucherify does not accept these keys at ${host}. Check the Application ID, the Secret Key and the region.`;
		// Keys may be limited to some resources; that they are known is what counts here.
		if (status === 403) return undefined;
		if (status === 429)
			return 'Voucherify knows these keys, but the rate limit is used up. Try again in a minute.';
		return `Voucherify answered ${status}: ${'message' in body ? String(body.message) : ''}`;
	},
};

/** Shows that the keys work, and that the scopes exist, by asking for a token. */
const oauth2Probe: Probe = {
	method: 'POST',
	path: '/v1/oauth/token',
	body: (credential) => tokenRequest(credential).body,
	authenticate: async (credential, options) => ({ ...options, headers: tokenRequest(credential).headers }),
	judge: (status, body, baseUrl) => {
		if (status < 300 || typeof body !== 'object' || body === null) return probe.judge(status, body, baseUrl);
		const { message, description } = voucherifyOAuth2.explain({ status, headers: {}, body });
		return [`${message}.`, description].filter(Boolean).join(' ');
	},
};

/** The tests behind the credentials' dialogs; every node that uses a credential names its own. */
export const credentialTest = {
	async voucherifyApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, credential, voucherify, probe);
	},

	async voucherifyOAuth2ApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, credential, voucherifyOAuth2, oauth2Probe);
	},
};
