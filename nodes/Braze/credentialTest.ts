import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { testCredential, type Probe } from '../common/credentialTest';
import { braze } from './transport';

/** Braze's answer to an authorised request that carries nothing. */
const NOTHING_TO_DO = /valid data must be provided/i;

/**
 * Shows that a key works without writing anything: a track request without objects. The only permission that a key for this
 * integration must have is `users.track`, so every other endpoint may answer 403.
 */
const probe: Probe = {
	method: 'POST',
	path: '/users/track',
	body: { attributes: [] },
	authenticate: async (credential, options) => await new BrazeApi().authenticate(credential, options),
	judge: (status, body, baseUrl) => {
		const { host } = new URL(baseUrl);
		const message =
			typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
		if (status < 300 || (status === 400 && NOTHING_TO_DO.test(message ?? ''))) return undefined;
		if (message === undefined)
			return `${host} does not answer like Braze (status ${status}). Check the instance or the URL.`;
		if (status === 401)
			return `Braze does not know this key at ${host}. Check the key, and that its workspace is on this instance.`;
		if (status === 403) return 'Braze knows this key, but it lacks the permission users.track.';
		if (status === 429) return 'Braze knows this key, but its rate limit is used up. Try again in a minute.';
		return `Braze answered ${status}: ${message}`;
	},
};

/** The test behind the credential's dialog; every node that uses the credential names it. */
export const credentialTest = {
	async brazeApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, credential, braze, probe);
	},
};
