import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';
import { credentialTest } from '../Voucherify/credentialTest';
import { fields } from './fields';
import { receive, signingSecret } from './receive';

export class VoucherifyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voucherify Trigger',
		name: 'voucherifyTrigger',
		icon: { light: 'file:voucherify.svg', dark: 'file:voucherify.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts a workflow when something happens in Voucherify: a code is published or redeemed, a segment entered, points added',
		defaults: { name: 'Voucherify Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'voucherifyApi', required: true, testedBy: 'voucherifyApiTest' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		eventTriggerDescription: 'Waiting for Voucherify to call the Test URL',
		properties: fields,
	};

	methods = { credentialTest };

	webhookMethods = {
		default: {
			/** Never, so that `create` looks at the credential on every activation. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** The user makes the webhook in Voucherify; what can be checked here is that its deliveries can be verified. */
			async create(this: IHookFunctions): Promise<boolean> {
				if ((await signingSecret(this)) !== '') return true;
				throw new NodeOperationError(
					this.getNode(),
					'The Voucherify credential has no Webhook Signing Secret',
					{
						description:
							'Without it anybody could start this workflow. Copy the secret from Project Settings → Webhooks in Voucherify into the field "Webhook Signing Secret" of the credential.',
					},
				);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
