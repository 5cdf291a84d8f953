import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { execute } from '../common/execute';
import { nodeProperties } from '../common/properties';
import { SUBTITLE } from '../common/subtitle';
import { API_KEYS, authenticationField, OAUTH2, serviceFor } from './authentication';
import { credentialTest } from './credentialTest';
import { listSearch } from './lists';
import { resources } from './resources';

export class Voucherify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voucherify',
		name: 'voucherify',
		icon: { light: 'file:voucherify.svg', dark: 'file:voucherify.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Hand out unique promotion codes, gift cards, loyalty cards and referral codes, and export them',
		defaults: { name: 'Voucherify' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'voucherifyApi',
				required: true,
				testedBy: 'voucherifyApiTest',
				displayOptions: { show: { authentication: [API_KEYS] } },
			},
			{
				name: 'voucherifyOAuth2Api',
				required: true,
				testedBy: 'voucherifyOAuth2ApiTest',
				displayOptions: { show: { authentication: [OAUTH2] } },
			},
		],
		properties: [authenticationField, ...nodeProperties(resources)],
	};

	methods = {
		listSearch,
		credentialTest,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const service = serviceFor(this.getNodeParameter('authentication', 0, API_KEYS));
		return await execute(this, service, resources);
	}
}
