import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { regionFields } from './regionFields';

export class VoucherifyManagementApi implements ICredentialType {
	name = 'voucherifyManagementApi';

	displayName = 'Voucherify Management API';

	icon: Icon = {
		light: 'file:../nodes/Voucherify/voucherify.svg',
		dark: 'file:../nodes/Voucherify/voucherify.dark.svg',
	};

	documentationUrl = 'https://docs.voucherify.io/guides/authentication';

	properties: INodeProperties[] = [
		...regionFields,
		{
			displayName: 'Management ID',
			name: 'managementId',
			type: 'string',
			default: '',
			required: true,
			description:
				'From a key for the Management API, which whoever administers your team in Voucherify can make. It is part of the Enterprise plan.',
		},
		{
			displayName: 'Management Token',
			name: 'managementToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The token that belongs to the Management ID',
		},
		{
			displayName: 'Project ID',
			name: 'projectId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. proj_AbCdEf123',
			description:
				'The project whose webhooks are managed. Every webhook that it sends names it as project_id.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'From Project Settings → Webhooks in Voucherify. Leave empty to have the Voucherify Trigger ask Voucherify for it.',
		},
	];

	/** A function rather than expressions: n8n would evaluate those anew for every request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requestOptions.headers = {
			...requestOptions.headers,
			'X-Management-Id': String(credentials.managementId),
			'X-Management-Token': String(credentials.managementToken),
		};
		return requestOptions;
	}
}
