import type { ICredentialDataDecryptedObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { within } from './deadline';
import { readShort } from './download';
import type { ApiRequest, ApiResponse, Headers, RequestContext } from './service';

/** A request as it goes over the wire. */
export interface Call {
	readonly request: ApiRequest;
	/** Absolute. */
	readonly url: string;
	/** The keys stay here: the host is not the service's own. */
	readonly anonymous?: boolean;
	/** The answer's bytes are passed on as they come; it may be a redirect. */
	readonly download?: boolean;
}

/** Who sends. */
export interface Sender {
	readonly functions: RequestContext;
	readonly credentialType: string;
	readonly credential: ICredentialDataDecryptedObject;
	readonly signal: AbortSignal | undefined;
	/** The longest time for an answer, in ms. */
	readonly timeout: number;
}

/** A file may take so many times as long as other requests. */
const PATIENCE_WITH_FILES = 10;

/**
 * Files come uncompressed: unpacking them doubles the time and the memory that a download costs n8n, and a small answer could unpack
 * to one that fills the disk.
 */
const AS_IT_IS = { accept: '*/*', 'accept-encoding': 'identity' };

const FORM = 'application/x-www-form-urlencoded';

/** One try over the wire. Its options are built anew each time: n8n's helpers change them. */
export async function exchange(call: Call, sender: Sender): Promise<ApiResponse> {
	const { request, url, download } = call;
	const { upload } = request;
	const body = upload === undefined ? serialised(request) : await upload.open();
	const timeout = sender.timeout * (upload === undefined ? 1 : PATIENCE_WITH_FILES);
	const options: IHttpRequestOptions = {
		method: request.method,
		url,
		headers: {
			...(download === true ? AS_IT_IS : { accept: 'application/json' }),
			...(body === undefined ? {} : { 'content-type': upload?.contentType ?? 'application/json' }),
			...request.headers,
		},
		returnFullResponse: true,
		// A redirect would carry the keys to whatever host it names.
		disableFollowRedirect: true,
		// Without it, a 401 makes n8n send the request a second time.
		ignoreHttpStatusErrors: true,
		timeout,
		...(sender.signal === undefined ? {} : { abortSignal: sender.signal }),
		...(body === undefined ? {} : { body }),
		...(download === true ? { encoding: 'stream' as const } : {}),
	};
	return await within(timeout, send(call, options, sender));
}

async function send(
	{ anonymous, download }: Call,
	options: IHttpRequestOptions,
	{ functions, credentialType, credential }: Sender,
): Promise<ApiResponse> {
	const { httpRequest, httpRequestWithAuthentication } = functions.helpers;
	const answer = (
		anonymous === true
			? await httpRequest(options)
			: await httpRequestWithAuthentication.call(functions, credentialType, options, {
					credentialsDecrypted: { id: '', name: '', type: credentialType, data: credential },
				})
	) as IN8nHttpFullResponse;
	const failedDownload = download === true && answer.statusCode >= 300;
	return {
		status: answer.statusCode,
		headers: answer.headers as Headers,
		body: failedDownload ? await readShort(answer.body as unknown as AsyncIterable<Buffer>) : answer.body,
	};
}

/**
 * As bytes: of text, n8n's HTTP client would parse every body only to see whether it is JSON. But a form as text: of bytes it makes
 * URLSearchParams, which Node.js 24 refuses.
 */
function serialised({ body, headers }: ApiRequest): Buffer | string | undefined {
	if (body === undefined) return undefined;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return headers?.['content-type'] === FORM ? text : Buffer.from(text);
}
