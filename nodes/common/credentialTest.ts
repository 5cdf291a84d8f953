import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { asFailure } from './failure';
import { parseJson } from './json';
import { unreachable } from './networkError';
import { redactor } from './redaction';
import type { Service } from './request';

/** A harmless request that shows whether a credential works. */
export interface Probe {
	readonly method: 'GET' | 'POST';
	readonly path: string | ((credential: ICredentialDataDecryptedObject) => string);
	readonly body?: IDataObject | ((credential: ICredentialDataDecryptedObject) => string);
	authenticate(
		credential: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions>;
	/** What the answer says about the credential: `undefined` when it works, else what is wrong, in the user's words. */
	judge(status: number, body: unknown, baseUrl: string): string | undefined;
}

/**
 * Tests a credential as its dialog does, telling wrong keys, missing permissions and wrong addresses apart.
 * n8n's declarative test can't: it takes every status but 2XX for a failure, and shows the bare code of a network error.
 */
export async function testCredential(
	functions: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
	service: Service,
	probe: Probe,
): Promise<INodeCredentialTestResult> {
	const credential = data ?? {};
	let hide = (text: string): string => text;
	let baseUrl = '';
	try {
		const connection = service.connection(credential);
		baseUrl = connection.baseUrl;
		hide = redactor(connection.secrets);
		const { headers } = await probe.authenticate(credential, { url: baseUrl, headers: {} });
		const response: unknown = await functions.helpers.request({
			method: probe.method,
			uri: baseUrl + (typeof probe.path === 'string' ? probe.path : probe.path(credential)),
			headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
			...(probe.body === undefined
				? {}
				: { body: typeof probe.body === 'function' ? probe.body(credential) : JSON.stringify(probe.body) }),
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			timeout: 15_000,
		});
		const { status, body } = answerOf(response);
		const problem = probe.judge(status, body, baseUrl);
		return problem === undefined
			? { status: 'OK', message: 'Connection successful' }
			: { status: 'Error', message: hide(problem) };
	} catch (error) {
		const message =
			baseUrl === '' ? asFailure(error).message : unreachable(service.name, baseUrl, error).message;
		return { status: 'Error', message: hide(message) };
	}
}

function answerOf(response: unknown): { status: number; body: unknown } {
	if (typeof response !== 'object' || response === null) return { status: 0, body: undefined };
	const status = 'statusCode' in response ? Number(response.statusCode) : 0;
	const body: unknown = 'body' in response ? response.body : undefined;
	if (typeof body !== 'string') return { status, body };
	const parsed = parseJson(body);
	return { status, body: 'value' in parsed ? parsed.value : body };
}
