import {
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { testCredential } from '../common/credentialTest';
import { execute } from '../common/execute';
import { nodeProperties } from '../common/properties';
import { voucherifyProbe } from './credentialTest';
import { listSearch } from './lists';
import { resources } from './resources';
import { voucherify } from './transport';

export class Voucherify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voucherify',
		name: 'voucherify',
		icon: { light: 'file:voucherify.svg', dark: 'file:voucherify.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Hand out unique promotion codes, gift cards, loyalty cards and referral codes, and export them',
		defaults: { name: 'Voucherify' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'voucherifyApi', required: true, testedBy: 'voucherifyApiTest' }],
		properties: nodeProperties(resources),
	};

	methods = {
		listSearch,
		credentialTest: {
			async voucherifyApiTest(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				return await testCredential(this, credential, voucherify, voucherifyProbe);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, voucherify, resources);
	}
}
