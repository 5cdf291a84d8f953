import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';
import { asFailure } from '../common/failure';
import { nodeError } from '../common/nodeError';
import { credentialTest } from '../Voucherify/credentialTest';
import { fields } from './fields';
import { managementApiTest } from './managementApiTest';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registration';
import { AUTOMATIC, isAutomatic, signingSecret } from './webhookSetup';

export class VoucherifyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Voucherify Trigger',
		name: 'voucherifyTrigger',
		icon: { light: 'file:voucherify.svg', dark: 'file:voucherify.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n takes triggers of version 1 for its own Webhook node of old, and asks its expression engine with each call (10 ms).
		version: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts a workflow when something happens in Voucherify: a code is published or redeemed, a segment entered, points added',
		defaults: { name: 'Voucherify Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'voucherifyApi',
				required: true,
				testedBy: 'voucherifyApiTest',
				// Not `show`: a field that decides on every credential is taken out of the form, into the credential's window.
				displayOptions: { hide: { webhookSetup: [AUTOMATIC] } },
			},
			{
				name: 'voucherifyManagementApi',
				required: true,
				testedBy: 'voucherifyManagementApiTest',
				displayOptions: { show: { webhookSetup: [AUTOMATIC] } },
			},
		],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		eventTriggerDescription: 'Waiting for Voucherify to call the Test URL',
		properties: fields,
	};

	methods = { credentialTest: { ...credentialTest, ...managementApiTest } };

	webhookMethods = {
		default: {
			/** Never in manual mode, so that `create` looks at the credential on every activation. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return isAutomatic(this) && (await explained(this, isRegistered(this)));
			},
			/** In manual mode the user makes the webhook in Voucherify; what can be checked here is that its deliveries can be verified. */
			async create(this: IHookFunctions): Promise<boolean> {
				if (isAutomatic(this)) await explained(this, register(this));
				else if ((await signingSecret(this)) === '') throw withoutSecret(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				if (isAutomatic(this)) await explained(this, unregister(this));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}

/** What the work comes to; what stops it is told as n8n's own kind of error. */
async function explained<T>(functions: IHookFunctions, work: Promise<T>): Promise<T> {
	return await work.catch((error: unknown) => {
		throw nodeError(asFailure(error), { node: functions.getNode(), index: 0, oneOfMany: false });
	});
}

function withoutSecret(functions: IHookFunctions): NodeOperationError {
	return new NodeOperationError(
		functions.getNode(),
		'The Voucherify credential has no Webhook Signing Secret',
		{
			description:
				'Without it anybody could start this workflow. Copy the secret from Project Settings → Webhooks in Voucherify into the field "Webhook Signing Secret" of the credential.',
		},
	);
}
