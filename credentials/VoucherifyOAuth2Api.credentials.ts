import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeProperties,
} from 'n8n-workflow';
import { Failure } from '../nodes/common/failure';
import { readToken, tokenRequest, voucherifyOAuth2 } from '../nodes/Voucherify/oauth2';
import { regionFields } from './regionFields';

/** One scope opens everything; each other one the paths that begin with it after /v1. */
const SCOPES = [
	{ name: 'All Resources', value: 'api' },
	{ name: 'Async Actions', value: 'async-actions' },
	{ name: 'Campaigns', value: 'campaigns' },
	{ name: 'Categories', value: 'categories' },
	{ name: 'Customers', value: 'customers' },
	{ name: 'Events', value: 'events' },
	{ name: 'Exports', value: 'exports' },
	{ name: 'Locations', value: 'locations' },
	{ name: 'Loyalties', value: 'loyalties' },
	{ name: 'Metadata Schemas', value: 'metadata-schemas' },
	{ name: 'Orders', value: 'orders' },
	{ name: 'Product Collections', value: 'product-collections' },
	{ name: 'Products', value: 'products' },
	{ name: 'Promotions', value: 'promotions' },
	{ name: 'Publications', value: 'publications' },
	{ name: 'Qualifications', value: 'qualifications' },
	{ name: 'Redemptions', value: 'redemptions' },
	{ name: 'Referrals', value: 'referrals' },
	{ name: 'Rewards', value: 'rewards' },
	{ name: 'Segments', value: 'segments' },
	{ name: 'SKUs', value: 'skus' },
	{ name: 'Templates', value: 'templates' },
	{ name: 'Trash Bin', value: 'trash-bin' },
	{ name: 'Validation Rules', value: 'validation-rules' },
	{ name: 'Validation Rules Assignments', value: 'validation-rules-assignments' },
	{ name: 'Validations', value: 'validations' },
	{ name: 'Vouchers', value: 'vouchers' },
];

export class VoucherifyOAuth2Api implements ICredentialType {
	name = 'voucherifyOAuth2Api';

	displayName = 'Voucherify OAuth2 API';

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
			description:
				'The secret key that belongs to the Application ID. It is only sent to ask for tokens, which are good for 15 minutes.',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: SCOPES,
			default: ['api'],
			required: true,
			description: 'What the tokens open, by the first part of a path after /v1',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Asks for the token that n8n keeps for the HTTP Request node, and asks for again once it is refused. The Voucherify node looks after
	 * its tokens itself, so that it can replace them in time.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const { method, path, headers, body } = tokenRequest(credentials);
		const answer = (await this.helpers.httpRequest({
			method,
			url: voucherifyOAuth2.connection(credentials).baseUrl + path,
			headers: { ...headers },
			body,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
		if (answer.statusCode < 300) return { accessToken: readToken(answer.body).value };
		throw new Failure(
			voucherifyOAuth2.explain({ status: answer.statusCode, headers: {}, body: answer.body }),
		);
	}

	/** A function rather than expressions: n8n would evaluate those anew for every request. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requestOptions.headers = {
			...requestOptions.headers,
			authorization: `Bearer ${String(credentials.accessToken)}`,
		};
		return requestOptions;
	}
}
