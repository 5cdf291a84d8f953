import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { VoucherifyManagementApi } from '../../credentials/VoucherifyManagementApi.credentials';
import { testCredential, type Probe } from '../common/credentialTest';
import { path } from '../common/urlPath';
import { managementApi } from './managementApi';

/** Shows that the keys reach the project by listing its webhooks. */
const probe: Probe = {
	method: 'GET',
	path: ({ projectId }) => path`/management/v1/projects/${String(projectId).trim()}/webhooks`,
	authenticate: async (credential, options) =>
		await new VoucherifyManagementApi().authenticate(credential, options),
	judge: (status, body, baseUrl) => {
		const { host } = new URL(baseUrl);
		if (typeof body !== 'object' || body === null) {
			return `${host} does not answer like Voucherify (status ${status}). Check the region or the URL.`;
		}
		if (status < 300) return undefined;
		const { message, description } = managementApi.explain({ status, headers: {}, body });
		return [`${message}.`, description].filter(Boolean).join(' ');
	},
};

/** The test behind the dialog of the Management credential. */
export const managementApiTest = {
	async voucherifyManagementApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		return await testCredential(this, credential, managementApi, probe);
	},
};
