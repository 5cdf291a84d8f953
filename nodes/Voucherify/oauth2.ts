import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { AccessToken } from '../common/accessToken';
import { Failure } from '../common/failure';
import { asRecord } from '../common/record';
import type { ApiRequest, ApiResponse, Explanation, Service } from '../common/service';
import { voucherify } from './transport';

/** Voucherify with tokens instead of keys, as its OAuth 2.0 hands them out for client credentials. */
export const voucherifyOAuth2: Service = {
	...voucherify,
	credentialType: 'voucherifyOAuth2Api',
	tokens: { request: tokenRequest, read: readToken },
	explain,
};

interface TokenRequest extends ApiRequest {
	readonly method: 'POST';
	readonly headers: Readonly<Record<string, string>>;
	/** A form. */
	readonly body: string;
}

/** Opens everything; preset in the form of the credential. */
const DEFAULT_SCOPE = 'api';

/** Asks for a token. n8n's own OAuth 2.0 sends the keys in the form or as basic authentication; Voucherify wants its key headers. */
export function tokenRequest({
	applicationId,
	secretKey,
	scopes,
}: ICredentialDataDecryptedObject): TokenRequest {
	const chosen = (Array.isArray(scopes) ? scopes.map(String) : String(scopes ?? '').split(/[\s,]+/)).join(
		' ',
	);
	// n8n's form leaves out what nobody changed.
	const scope = chosen === '' ? DEFAULT_SCOPE : chosen;
	return {
		method: 'POST',
		path: '/v1/oauth/token',
		headers: {
			'X-App-Id': String(applicationId),
			'X-App-Token': String(secretKey),
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
		repeatable: true,
	};
}

/**
 * The token in an answer. Its lifetime counts from now: `expires_at` is told by Voucherify's clock, which may differ from ours.
 * @throws {Failure} when there is none
 */
export function readToken(body: unknown): AccessToken {
	const answer = asRecord(body);
	const lifetime = Number(answer?.expires_in ?? 0) * 1000;
	if (typeof answer?.access_token === 'string' && answer.access_token !== '' && lifetime > 0) {
		return { value: answer.access_token, lifetime };
	}
	throw new Failure({
		message: 'Voucherify gave no access token',
		description: 'Check the region or the URL in the Voucherify OAuth2 credential.',
	});
}

function explain(response: ApiResponse): Explanation {
	const explanation = voucherify.explain(response);
	const { description, code } = explanation;
	if (code === 'invalid_scope') {
		return { ...explanation, description: 'Choose other scopes in the Voucherify OAuth2 credential.' };
	}
	if (response.status !== 403) return explanation;
	return {
		...explanation,
		message: 'The access token of the Voucherify OAuth2 credential may not do that',
		description: [description, 'Add the missing scope in the credential.'].filter(Boolean).join('. '),
	};
}
