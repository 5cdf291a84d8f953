import type { INodeProperties } from 'n8n-workflow';
import type { Service } from '../common/service';
import { voucherifyOAuth2 } from './oauth2';
import { voucherify } from './transport';

export const API_KEYS = 'apiKeys';
export const OAUTH2 = 'oAuth2';

/** How the node shows Voucherify who asks. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'API Keys', value: API_KEYS },
		{ name: 'OAuth2', value: OAUTH2 },
	],
	default: API_KEYS,
};

/** Voucherify as the chosen credential reaches it. */
export function serviceFor(authentication: unknown): Service {
	return authentication === OAUTH2 ? voucherifyOAuth2 : voucherify;
}
