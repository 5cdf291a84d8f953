import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { regionFields } from './regionFields';

export class VoucherifyApi implements ICredentialType {
	name = 'voucherifyApi';

	displayName = 'Voucherify API';

	icon: Icon = {
		light: 'file:../nodes/Voucherify/voucherify.svg',
		dark: 'file:../nodes/Voucherify/voucherify.dark.svg',
	};

	documentationUrl = 'https://docs.voucherify.io/guides/authentication';

	properties: INodeProperties[] = [
		...regionFields,
		{
			displayName: 'Application ID',
			name: 'applicationId',
			type: 'string',
			default: '',
			required: true,
			description: 'From Project Settings → Application Information in Voucherify',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The secret key that belongs to the Application ID',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'From Project Settings → Webhooks in Voucherify. Needed by the Voucherify Trigger, which accepts nothing that is not signed with it.',
		},
	];

	/** A function rather than expressions: n8n would evaluate those anew for every request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requestOptions.headers = {
			...requestOptions.headers,
			'X-App-Id': String(credentials.applicationId),
			'X-App-Token': String(credentials.secretKey),
		};
		return requestOptions;
	}
}
