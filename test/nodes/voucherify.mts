import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { VoucherifyApi } from '../../credentials/VoucherifyApi.credentials';
import { VoucherifyOAuth2Api } from '../../credentials/VoucherifyOAuth2Api.credentials';
import { Voucherify } from '../../nodes/Voucherify/Voucherify.node';
import type { LogEntry } from '../../sandbox/common/request-log.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';

/** The fields of the Voucherify credential, for a sandbox. */
export function voucherifyCredential({ voucherify }: Sandbox): Record<string, string> {
	const { url, applicationId, secretKey, webhookSecret } = voucherify;
	return { region: 'custom', baseUrl: url, applicationId, secretKey, webhookSecret };
}

/** The OAuth2 credential for a sandbox, for nodes whose `authentication` is `oAuth2`. */
export function oAuth2Setup({ voucherify }: Sandbox, change: ICredentialDataDecryptedObject = {}) {
	const { url, applicationId, secretKey } = voucherify;
	const fields = {
		region: 'custom',
		baseUrl: url,
		applicationId,
		secretKey,
		scopes: ['api'],
		accessToken: '',
	};
	return {
		credentials: { voucherifyOAuth2Api: { ...fields, ...change } },
		credentialTypes: [new VoucherifyOAuth2Api()],
	};
}

/** Runs the Voucherify node against a sandbox. */
export async function runVoucherify(
	sandbox: Sandbox,
	parameters: INodeParameters,
	input: readonly IDataObject[] = [{}],
	more: Partial<NodeSetup> & { readonly credential?: Readonly<Record<string, string>> } = {},
): Promise<NodeRun> {
	const { credential, ...setup } = more;
	return await runNode({
		node: new Voucherify(),
		parameters: { requestSettings: { longestWait: 1 }, ...parameters },
		input,
		credentials: { voucherifyApi: { ...voucherifyCredential(sandbox), ...credential } },
		credentialTypes: [new VoucherifyApi()],
		...setup,
	});
}

/** A resource locator as the editor stores it. */
export function located(mode: string, value: string) {
	return { __rl: true, mode, value };
}

/** Parameters that publish a code of a campaign to the customer in the item's field `customer`. */
export function publishing(campaign: string, more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'publication',
		operation: 'create',
		campaign: located('name', campaign),
		customer: located('sourceId', '={{ $json.customer }}'),
		preventDuplicates: 'customerAndCampaign',
		simple: true,
		...more,
	};
}

/** Items that name `count` customers of the seed. */
export function customers(count: number, from = 1): IDataObject[] {
	return Array.from({ length: count }, (_, n) => ({
		customer: `customer-${String(from + n).padStart(6, '0')}`,
	}));
}

/** The requests that the sandbox's Voucherify got, oldest first. */
export function requests({ log }: Sandbox, method: string, path: string): LogEntry[] {
	return log
		.entries()
		.filter(
			(entry) =>
				entry.service === 'voucherify' && entry.method === method && entry.path.split('?')[0] === path,
		);
}

/** The JSON of items. */
export function jsonOf(items: readonly INodeExecutionData[]): IDataObject[] {
	return items.map(({ json }) => json);
}

/** Why an item failed, as the node says it in the item's field `error`. */
export function failureOf(item: INodeExecutionData | undefined): IDataObject {
	return item?.json.error as IDataObject;
}

/** The codes of items, simplified or raw. */
export function codesOf(items: readonly INodeExecutionData[]): string[] {
	return items.map(({ json }) => String(json.code ?? voucherOf(json).code));
}

/** The voucher in the JSON of an item. */
export function voucherOf({ voucher }: IDataObject): IDataObject {
	return voucher as IDataObject;
}
