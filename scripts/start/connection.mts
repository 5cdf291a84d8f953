// Which Voucherify and which Braze the started n8n talks to: the sandbox, or the real ones that the environment names.
import type { N8nClient } from './n8n-client.mts';
import type { SandboxAddresses } from './sandbox-process.mts';

const REQUIRED = ['VOUCHERIFY_APP_ID', 'VOUCHERIFY_SECRET_KEY', 'BRAZE_API_KEY', 'BRAZE_API_URL'] as const;
const OPTIONAL = ['VOUCHERIFY_API_URL', 'VOUCHERIFY_WEBHOOK_SECRET', 'BRAZE_WEBHOOK_SECRET'] as const;
/** The environment variables that name real services. */
export const SERVICE_VARIABLES: readonly string[] = [...REQUIRED, ...OPTIONAL];
const VOUCHERIFY_EUROPE = 'https://api.voucherify.io';

/** Credential data by credential type, as n8n stores it. */
export type CredentialData = Readonly<Record<'voucherifyApi' | 'brazeApi', Readonly<Record<string, string>>>>;

/**
 * The credentials that the environment gives for the real services; undefined when it names none of them.
 * Throws when it names some but not all that are needed.
 */
export function realServices(env: NodeJS.ProcessEnv): CredentialData | undefined {
	if (!SERVICE_VARIABLES.some((name) => env[name])) return undefined;
	const missing = REQUIRED.filter((name) => !env[name]);
	if (missing.length > 0) {
		throw new Error(
			`To connect to the real Voucherify and Braze, set ${missing.join(', ')} as well. To use the sandbox, set none of ${SERVICE_VARIABLES.join(', ')}.`,
		);
	}
	const value = (name: (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]) => env[name] ?? '';
	return {
		voucherifyApi: {
			region: 'custom',
			baseUrl: value('VOUCHERIFY_API_URL') || VOUCHERIFY_EUROPE,
			applicationId: value('VOUCHERIFY_APP_ID'),
			secretKey: value('VOUCHERIFY_SECRET_KEY'),
			webhookSecret: value('VOUCHERIFY_WEBHOOK_SECRET'),
		},
		brazeApi: {
			instance: 'custom',
			baseUrl: value('BRAZE_API_URL'),
			apiKey: value('BRAZE_API_KEY'),
			webhookSecret: value('BRAZE_WEBHOOK_SECRET'),
		},
	};
}

/** The credentials of a sandbox. */
export function sandboxServices({ voucherify, braze }: SandboxAddresses): CredentialData {
	const { url, applicationId, secretKey, webhookSecret } = voucherify;
	return {
		voucherifyApi: { region: 'custom', baseUrl: url, applicationId, secretKey, webhookSecret },
		brazeApi: {
			instance: 'custom',
			baseUrl: braze.url,
			apiKey: braze.apiKey,
			webhookSecret: braze.webhookSecret,
		},
	};
}

/** A credential that n8n keeps. */
export interface CredentialReference {
	readonly id: string;
	readonly name: string;
}

/** The stored credentials by their types. */
export type CredentialReferences = Readonly<Record<keyof CredentialData, CredentialReference>>;

/** Stores the credentials of both services in n8n under these names, or gives those of these names new data. */
export async function saveServices(
	client: N8nClient,
	data: CredentialData,
	names: Readonly<Record<keyof CredentialData, string>>,
): Promise<CredentialReferences> {
	const save = async (type: keyof CredentialData): Promise<CredentialReference> => ({
		id: await client.saveCredential(type, names[type], data[type]),
		name: names[type],
	});
	return { voucherifyApi: await save('voucherifyApi'), brazeApi: await save('brazeApi') };
}
