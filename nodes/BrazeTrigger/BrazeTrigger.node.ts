import {
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
	NodeOperationError,
} from 'n8n-workflow';
import { credentialTest } from '../Braze/credentialTest';
import { allowedAddresses, webhookSecret } from './admission';
import { fields } from './fields';
import { receive } from './receive';

export class BrazeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Braze Trigger',
		name: 'brazeTrigger',
		icon: { light: 'file:braze.svg', dark: 'file:braze.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n takes triggers of version 1 for its own Webhook node of old, and asks its expression engine with each call (10 ms).
		version: 2,
		subtitle:
			'={{ ({ webhook: "webhook", audienceSync: "audience sync", connectedContent: "Connected Content", customEvent: "custom event" })[$parameter["receive"]] }}',
		description:
			'Starts a workflow by a webhook of a Braze Campaign or Canvas, or answers what a message asks by Connected Content',
		defaults: { name: 'Braze Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'brazeApi', required: true, testedBy: 'brazeApiTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod:
					'={{ $parameter["receive"] === "webhook" ? "DELETE,GET,PATCH,POST,PUT" : $parameter["receive"] === "connectedContent" ? "GET,POST" : "POST" }}',
				responseMode: '={{ $parameter["receive"] === "connectedContent" ? "lastNode" : "onReceived" }}',
				// All items, so that none can be told from one that is empty; nothing for webhooks, which are answered by what `webhook` gives.
				responseData: '={{ $parameter["receive"] === "connectedContent" ? "allEntries" : "" }}',
				path: 'webhook',
				ndvHideMethod: true,
			},
		],
		eventTriggerDescription: 'Waiting for Braze to call the Test URL',
		properties: fields,
	};

	methods = { credentialTest };

	webhookMethods = {
		default: {
			/** Never, so that `create` looks at the credential on every activation. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** The user puts the URL into Braze; what can be checked here is that nobody else can call it. */
			async create(this: IHookFunctions): Promise<boolean> {
				if ((await webhookSecret(this)) === '') throw withoutSecret(this);
				const allowed = allowedAddresses(this);
				if (allowed !== undefined && 'unreadable' in allowed) throw unreadable(this, allowed.unreadable);
				return true;
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

function withoutSecret(functions: IHookFunctions): NodeOperationError {
	return new NodeOperationError(functions.getNode(), 'The Braze credential has no Webhook Secret', {
		description:
			'Without it anybody could start this workflow. Enter a long random text in the field "Webhook Secret" of the credential, and the same one in Braze.',
	});
}

function unreadable(functions: IHookFunctions, entry: string): NodeOperationError {
	return new NodeOperationError(
		functions.getNode(),
		`"Allowed Addresses" holds "${entry}", which is no IP address`,
		{ description: 'Enter addresses like 203.0.113.7 or 2001:db8::1, or ranges like 203.0.113.0/24.' },
	);
}
