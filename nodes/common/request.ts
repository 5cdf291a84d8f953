import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { Failure } from './failure';
import { parseJson } from './json';
import { RateLimit, type RateLimitReading } from './rateLimit';
import { redactJson, redactor } from './redaction';
import {
	mayHaveActed,
	mayRetry,
	retryAfter,
	waitBeforeRetry,
	type RetrySettings,
	type Setback,
} from './retry';
import { cancelled, wait } from './wait';

/** The contexts of n8n that requests are sent from. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** One request to a service. */
export interface ApiRequest {
	readonly method: IHttpRequestMethods;
	/** From the host on, its values encoded by the `path` tag. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
	/** JSON text is sent as it is; anything else is serialised. */
	readonly body?: string | IDataObject | undefined;
	readonly headers?: Readonly<Record<string, string>> | undefined;
	/** Sending it twice has the effect of sending it once; GET requests always are. */
	readonly repeatable?: boolean | undefined;
	/** Error codes or keys of the service that are an answer to the caller and no failure. */
	readonly accept?: readonly string[] | undefined;
}

/** A service's answer. */
export interface ApiResponse {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text when it isn't JSON. */
	readonly body: unknown;
	/** The code of an error that the request accepts as an answer. */
	readonly errorCode?: string | undefined;
}

/** What a service says about an unsuccessful answer. */
export interface Explanation {
	readonly message: string;
	readonly description?: string | undefined;
	readonly code?: string | undefined;
	readonly tooLarge?: boolean | undefined;
}

/** What the machinery needs to know about a service; one object for each API. */
export interface Service {
	readonly name: string;
	readonly credentialType: string;
	/** Where the service is, without a slash at the end, and what must never be shown. */
	connection(credential: ICredentialDataDecryptedObject): { baseUrl: string; secrets: readonly string[] };
	rateLimit(headers: Headers, now: number): RateLimitReading & { readonly retryAt?: number | undefined };
	/** Whether an answer with this status (other than 429) was given before the request reached the service. */
	refusedUnread(status: number): boolean;
	explain(response: ApiResponse): Explanation;
}

/** How a user wants requests to be sent. */
export interface RequestSettings extends RetrySettings {
	/** The longest time for one try, in ms. */
	readonly timeout: number;
	/** Requests a minute; 0 for no limit but the service's own. */
	readonly perMinute: number;
}

/** What the requests of one execution came to. */
export interface Traffic {
	/** All tries sent. */
	requests: number;
	retries: number;
	/** Time spent in waiting for the service, summed over all requests, in ms. */
	waited: number;
}

export const DEFAULT_SETTINGS: RequestSettings = {
	tries: 5,
	longestWait: 60_000,
	timeout: 60_000,
	perMinute: 0,
};

interface Connection {
	readonly baseUrl: string;
	readonly credential: ICredentialDataDecryptedObject;
	readonly redact: (text: string) => string;
}

/** A download is passed on to a storage service at most this often. */
const MOST_REDIRECTS = 4;

/** Waits shorter than this are not worth a line in the log, in ms. */
const WAIT_WORTH_SAYING = 5_000;

/**
 * Sends the requests of one execution to one service: authenticated, within the rate limit, tried again where that is safe, stopped
 * when the execution is. Every error that leaves it is a `Failure` without secrets.
 */
export class ApiClient {
	readonly traffic: Traffic = { requests: 0, retries: 0, waited: 0 };
	private readonly limit: RateLimit;
	private connecting: Promise<Connection> | undefined;

	constructor(
		private readonly functions: RequestContext,
		readonly service: Service,
		private readonly settings: RequestSettings = DEFAULT_SETTINGS,
	) {
		this.limit = new RateLimit(settings.perMinute);
	}

	/** Aborted when the user cancels the execution; undefined where nothing can be cancelled. */
	get signal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.functions
			? this.functions.getExecutionCancelSignal()
			: undefined;
	}

	/**
	 * Sends a request and waits for its answer.
	 * @throws {Failure} when the service refuses, can't be reached, or asks to wait longer than the user allows
	 */
	async send(request: ApiRequest): Promise<ApiResponse> {
		return await this.untilAnswered(
			request,
			async (connection) => await this.exchange(request, connection, undefined),
		);
	}

	/**
	 * Starts a download and gives its bytes as they come; only the start is tried again.
	 * @param url absolute. Keys go along only to hosts of the service itself.
	 * @param trusted whether a host belongs to the service, beside the credential's own
	 */
	async download(url: string, trusted: (host: string) => boolean): Promise<AsyncIterable<Buffer>> {
		let target = new URL(url);
		for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
			const { host, href, pathname, protocol } = target;
			const response = await this.untilAnswered(
				{ method: 'GET', path: pathname },
				async (connection) => {
					const base = new URL(connection.baseUrl);
					const own = host === base.host || (protocol === 'https:' && trusted(host));
					return await this.exchange(
						{ method: 'GET', path: href },
						connection,
						own ? 'authenticated' : 'anonymous',
					);
				},
				isRedirect,
			);
			if (!isRedirect(response)) return response.body as AsyncIterable<Buffer>;
			target = new URL(response.headers.location ?? '', target);
		}
		throw new Failure({ message: `${this.service.name} sent the download from host to host without end` });
	}

	/** Where the credential points to, without a slash at the end. */
	async baseUrl(): Promise<string> {
		return (await this.connect()).baseUrl;
	}

	private async connect(): Promise<Connection> {
		// Reading a credential decrypts it each time (1.3 ms), so it is read once.
		this.connecting ??= this.functions.getCredentials(this.service.credentialType).then((credential) => {
			const { baseUrl, secrets } = this.service.connection(credential);
			return { baseUrl, credential, redact: redactor(secrets) };
		});
		return await this.connecting;
	}

	private async untilAnswered(
		request: ApiRequest,
		attempt: (connection: Connection) => Promise<ApiResponse>,
		welcome: (response: ApiResponse) => boolean = () => false,
	): Promise<ApiResponse> {
		const connection = await this.connect();
		const repeatable = request.repeatable === true || request.method === 'GET';
		let uncertain = false;
		for (let tried = 1; ; tried++) {
			const outcome = await this.tryOnce(request, connection, attempt, welcome);
			if ('response' in outcome) return outcome.response;
			uncertain ||= mayHaveActed(outcome.setback);
			const failure = new Failure({ ...outcome.failure, uncertain });
			if (tried >= this.settings.tries || !mayRetry(outcome.setback, repeatable)) throw failure;
			const now = Date.now();
			const pause = waitBeforeRetry(outcome.setback, tried, this.settings, now, Math.random());
			if (pause === undefined) throw failure;
			// What the service asks for holds for all requests, not only for the one it refused.
			if (outcome.setback.kind === 'answer' && outcome.setback.retryAt !== undefined)
				this.limit.pause(now + pause);
			this.traffic.retries++;
			await this.pause(pause, `trying again: ${failure.message}`);
		}
	}

	private async tryOnce(
		request: ApiRequest,
		connection: Connection,
		attempt: (connection: Connection) => Promise<ApiResponse>,
		welcome: (response: ApiResponse) => boolean,
	): Promise<{ response: ApiResponse } | { setback: Setback; failure: Failure['details'] }> {
		await this.limit.enter(this.signal, (ms) => this.noteWait(ms, 'keeping within the rate limit'));
		let reading: ReturnType<Service['rateLimit']> | undefined;
		this.traffic.requests++;
		try {
			const response = await attempt(connection);
			const now = Date.now();
			reading = this.service.rateLimit(response.headers, now);
			if (response.status < 300) {
				return isReadable(response)
					? { response }
					: { setback: GARBLED, failure: this.garbled(response, connection) };
			}
			if (welcome(response)) return { response };
			const explanation = this.service.explain(response);
			if (explanation.code !== undefined && request.accept?.includes(explanation.code) === true) {
				return { response: { ...response, errorCode: explanation.code } };
			}
			const retryAt = retryAfter(response.headers['retry-after'], now) ?? reading.retryAt;
			const refused = response.status === 429 || this.service.refusedUnread(response.status);
			return {
				setback: {
					kind: 'answer',
					status: response.status,
					refused,
					retryAt: retryable(response) ? retryAt : undefined,
				},
				failure: this.describe(request, response, explanation, connection),
			};
		} catch (error) {
			if (this.signal?.aborted === true) throw cancelled();
			const code = networkCode(error);
			const { message, description } = unreachable(this.service.name, connection.baseUrl, error);
			const failure = { message, description: connection.redact(description), code };
			return { setback: { kind: 'noAnswer', code }, failure };
		} finally {
			this.limit.leave(reading);
		}
	}

	/** One try over the wire. Its options are built anew each time: n8n's helpers change them. */
	private async exchange(
		request: ApiRequest,
		connection: Connection,
		download: 'authenticated' | 'anonymous' | undefined,
	): Promise<ApiResponse> {
		const options: IHttpRequestOptions = {
			method: request.method,
			url:
				download === undefined
					? connection.baseUrl + request.path + queryString(request.query)
					: request.path,
			headers: {
				accept: download === undefined ? 'application/json' : '*/*',
				...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
				...request.headers,
			},
			returnFullResponse: true,
			// A redirect would carry the keys to whatever host it names.
			disableFollowRedirect: true,
			// Without it, a 401 makes n8n send the request a second time.
			ignoreHttpStatusErrors: true,
			timeout: this.settings.timeout,
			...(request.body === undefined
				? {}
				: { body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body) }),
			...(download === undefined ? {} : { encoding: 'stream' as const }),
		};
		const answer =
			download === 'anonymous'
				? await this.sendAnonymously(options)
				: await this.sendAuthenticated(options, connection);
		const failedDownload = download !== undefined && answer.statusCode >= 300;
		const body = failedDownload
			? await readShort(answer.body as unknown as AsyncIterable<Buffer>)
			: answer.body;
		return { status: answer.statusCode, headers: answer.headers as Headers, body };
	}

	private async sendAuthenticated(
		options: IHttpRequestOptions,
		connection: Connection,
	): Promise<IN8nHttpFullResponse> {
		const { credentialType } = this.service;
		return (await this.functions.helpers.httpRequestWithAuthentication.call(
			this.functions,
			credentialType,
			options,
			{
				credentialsDecrypted: { id: '', name: '', type: credentialType, data: connection.credential },
			},
		)) as IN8nHttpFullResponse;
	}

	private async sendAnonymously(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
		return (await this.functions.helpers.httpRequest(options)) as IN8nHttpFullResponse;
	}

	private describe(
		request: ApiRequest,
		response: ApiResponse,
		explanation: Explanation,
		{ redact }: Connection,
	): Failure['details'] {
		const call = `${request.method} ${request.path} answered ${response.status}`;
		return {
			message: redact(explanation.message),
			description: redact([explanation.description, `(${call})`].filter(Boolean).join(' ')),
			status: response.status,
			code: explanation.code,
			tooLarge: explanation.tooLarge,
			context: isJson(response.body) ? redactJson({ response: response.body }, redact) : undefined,
		};
	}

	private garbled(response: ApiResponse, { redact }: Connection): Failure['details'] {
		return {
			message: `${this.service.name} answered ${response.status}, but not with JSON`,
			description: `What came instead starts with: ${redact(String(response.body).slice(0, 200))}`,
			status: response.status,
		};
	}

	private async pause(ms: number, reason: string): Promise<void> {
		this.noteWait(ms, reason);
		await wait(ms, this.signal);
	}

	private noteWait(ms: number, reason: string): void {
		this.traffic.waited += ms;
		if (ms >= WAIT_WORTH_SAYING && 'logger' in this.functions) {
			this.functions.logger.info(`${this.service.name}: waiting ${Math.round(ms / 1000)} s, ${reason}`);
		}
	}
}

/** An answer that says success and can't be read: what it was meant to say is lost. */
const GARBLED: Setback = { kind: 'noAnswer', code: 'ERR_NOT_JSON' };

function isReadable({ body }: ApiResponse): boolean {
	return typeof body !== 'string' || body.trim() === '';
}

function isRedirect({ status, headers }: ApiResponse): boolean {
	return status >= 300 && status < 400 && headers.location !== undefined;
}

/** The start of a body that should have been a file and is an error: parsed if it is JSON. */
async function readShort(body: AsyncIterable<Buffer>): Promise<unknown> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > 64 * 1024) break;
	}
	const text = Buffer.concat(chunks).toString('utf8');
	const parsed = parseJson(text);
	return 'value' in parsed ? parsed.value : text;
}

const NETWORK_PROBLEMS: Readonly<Record<string, string>> = {
	ENOTFOUND: 'there is no host of that name',
	EAI_AGAIN: 'the name service did not answer',
	ECONNREFUSED: 'nothing listens there',
	EHOSTUNREACH: 'there is no way to that host',
	ENETUNREACH: 'there is no network to that host',
	ETIMEDOUT: 'it did not answer in time',
	ECONNABORTED: 'it did not answer in time',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** What to tell a user whose request got no answer; the description may quote the error and has to be redacted. */
export function unreachable(
	service: string,
	baseUrl: string,
	error: unknown,
): { message: string; description: string } {
	const { host } = new URL(baseUrl);
	const code = networkCode(error);
	const why = NETWORK_PROBLEMS[code ?? ''];
	if (why) {
		return {
			message: `${service} could not be reached at ${host}: ${why}`,
			description: `Check the URL in the ${service} credential and the network. (${code})`,
		};
	}
	return {
		message: `The connection to ${service} (${host}) broke`,
		description: `${error instanceof Error ? error.message : String(error)}${code === undefined ? '' : ` (${code})`}`,
	};
}

/** The code of a network error, however deep n8n has wrapped it. */
function networkCode(error: unknown): string | undefined {
	for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 5; depth++) {
		if ('code' in cause && typeof cause.code === 'string') return cause.code;
		cause = 'cause' in cause ? cause.cause : undefined;
	}
	return undefined;
}

/** A wait that the headers ask for concerns only answers that can come out differently later. */
function retryable(response: ApiResponse): boolean {
	return response.status === 429 || response.status >= 500;
}

function queryString(query: ApiRequest['query']): string {
	const pairs = Object.entries(query ?? {}).flatMap(([key, value]) =>
		value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(value)}`],
	);
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function isJson(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !(Symbol.asyncIterator in body);
}
