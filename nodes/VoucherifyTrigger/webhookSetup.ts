import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Who makes the webhook in Voucherify: its user, or the trigger by the Management API. */
export const MANUAL = 'manual';
export const AUTOMATIC = 'automatic';

/** Whether the trigger makes and removes its webhook by itself. */
export function isAutomatic(functions: IHookFunctions | IWebhookFunctions): boolean {
	return functions.getNodeParameter('webhookSetup', MANUAL) === AUTOMATIC;
}

/**
 * The secret that webhooks are signed with, or an empty text: the one in the credential, else, of an automatic trigger, the one that
 * Voucherify gave out when the workflow was activated.
 */
export async function signingSecret(functions: IHookFunctions | IWebhookFunctions): Promise<string> {
	const own = await secretOfCredential(functions);
	return own === '' && isAutomatic(functions) ? text(memory(functions).signingSecret) : own;
}

/** The signing secret that a user entered, or an empty text. */
export async function secretOfCredential(functions: IHookFunctions | IWebhookFunctions): Promise<string> {
	const credential = await functions.getCredentials(
		isAutomatic(functions) ? 'voucherifyManagementApi' : 'voucherifyApi',
	);
	return text(credential.webhookSecret);
}

/** Keeps the secret of the project for the webhooks to come; n8n keeps that of a test run apart. */
export function remember(functions: IHookFunctions, secret: string): void {
	memory(functions).signingSecret = secret;
}

/** Leaves no secret behind in a workflow that is not active. */
export function forget(functions: IHookFunctions): void {
	delete memory(functions).signingSecret;
}

function memory(functions: IHookFunctions | IWebhookFunctions): IDataObject {
	return functions.getWorkflowStaticData('node');
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
