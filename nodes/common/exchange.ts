import type { ICredentialDataDecryptedObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { within } from './deadline';
import { closeConnection, readAnswer, readShort } from './download';
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
		// Read here: n8n would read an answer without end to its end, and go on when it isn't waited for any more.
		encoding: 'stream',
	};
	const answer = new Answer();
	let isTaken = false;
	try {
		const response = await within(timeout, send(call, options, sender, answer));
		isTaken = true;
		return response;
	} finally {
		if (!isTaken) answer.abandon();
	}
}

/** The bytes of an answer while they arrive. */
class Answer {
	private bytes: AsyncIterable<Buffer> | undefined;
	private abandoned = false;

	/** Takes the bytes on, unless nobody waits for them any more. */
	opened(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
		this.bytes = bytes;
		if (this.abandoned) closeConnection(bytes);
		return bytes;
	}

	abandon(): void {
		this.abandoned = true;
		if (this.bytes !== undefined) closeConnection(this.bytes);
	}
}

async function send(
	{ anonymous, download }: Call,
	options: IHttpRequestOptions,
	{ functions, credentialType, credential }: Sender,
	arriving: Answer,
): Promise<ApiResponse> {
	const { httpRequest, httpRequestWithAuthentication } = functions.helpers;
	const answer = (
		anonymous === true
			? await httpRequest(options)
			: await httpRequestWithAuthentication.call(functions, credentialType, options, {
					credentialsDecrypted: { id: '', name: '', type: credentialType, data: credential },
				})
	) as IN8nHttpFullResponse;
	const bytes = arriving.opened(answer.body as unknown as AsyncIterable<Buffer>);
	const { statusCode: status } = answer;
	const headers = answer.headers as Headers;
	if (download !== true) return { status, headers, body: await readAnswer(bytes) };
	return { status, headers, body: status >= 300 ? await readShort(bytes) : bytes };
}

/** A body as text; throws for what is nested too deeply. */
export function textOf(body: ApiRequest['body']): string | undefined {
	return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

/**
 * JSON goes as bytes: of text, n8n's HTTP client would parse every body only to see whether it is JSON. A form, which names its own
 * content type, has to be text for it.
 */
function serialised({ body, headers }: ApiRequest): Buffer | string | undefined {
	const text = textOf(body);
	if (text === undefined) return undefined;
	return headers?.['content-type'] === undefined ? Buffer.from(text) : text;
}
