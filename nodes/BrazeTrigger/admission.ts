import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { equalInConstantTime } from '../common/constantTime';
import { listed } from '../common/listed';
import { asRecord } from '../common/record';
import { isWithin, readRanges, type Ranges } from './addressRanges';

/** The header in which Braze sends the secret. Node.js gives header names in lower case. */
export const SECRET_HEADER = 'x-braze-secret';

/** Why a request is turned away. */
export interface Refusal {
	readonly status: 401 | 403;
	readonly message: string;
}

/**
 * Why a request is not let in; `undefined` lets it in. Without a secret in the credential nothing is, and with a list of addresses that
 * can't be read neither.
 */
export async function refusalOf(functions: IWebhookFunctions): Promise<Refusal | undefined> {
	const secret = await webhookSecret(functions);
	if (secret === '') {
		return {
			status: 401,
			message: 'This workflow accepts nothing: its Braze credential has no Webhook Secret.',
		};
	}
	const given = functions.getHeaderData()[SECRET_HEADER];
	if (typeof given !== 'string' || !equalInConstantTime(secret, given)) {
		return { status: 401, message: `The header ${SECRET_HEADER} is missing or wrong.` };
	}
	const allowed = allowedAddresses(functions);
	if (allowed === undefined) return undefined;
	// Behind a proxy this is the client only if N8N_PROXY_HOPS tells n8n how many proxies to believe; else it is the proxy.
	const address = functions.getRequestObject().ip ?? '';
	if ('ranges' in allowed && isWithin(allowed.ranges, address)) return undefined;
	return { status: 403, message: `This workflow accepts nothing from the address ${address}.` };
}

/** The secret that a user entered, or an empty text. */
export async function webhookSecret(functions: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { webhookSecret: secret } = await functions.getCredentials('brazeApi');
	return typeof secret === 'string' ? secret.trim() : '';
}

/** The addresses that may call, or `undefined` when all may. */
export function allowedAddresses(functions: IHookFunctions | IWebhookFunctions): Ranges | undefined {
	const options = asRecord(functions.getNodeParameter('options', {}));
	const entries = listed(options?.allowedAddresses);
	return entries.length === 0 ? undefined : readRanges(entries);
}
