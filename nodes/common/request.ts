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
import { within } from './deadline';
import { guarded, readShort } from './download';
import { Failure } from './failure';
import { networkCode, unreachable } from './networkError';
import { RateLimit, type Delay, type RateLimitReading } from './rateLimit';
import { isRecord } from './record';
import { redactJson, redactor } from './redaction';
import {
	mayHaveActed,
	mayRetry,
	retryAfter,
	waitBeforeRetry,
	type AnsweredSetback,
	type RetrySettings,
	type Setback,
} from './retry';
import type { Upload } from './upload';
import { queryString } from './urlPath';
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
	/** A form with a file, instead of a body. */
	readonly upload?: Upload | undefined;
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
	/** The service has not acted, and wants to be asked again. */
	readonly refused?: boolean | undefined;
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

/** A request as it goes over the wire. */
interface Call {
	readonly request: ApiRequest;
	/** Absolute. */
	readonly url: string;
	/** The keys stay here: the host is not the service's own. */
	readonly anonymous?: boolean;
	/** The answer's bytes are passed on as they come; it may be a redirect. */
	readonly download?: boolean;
}

/** A download is passed on to a storage service at most this often. */
const MOST_REDIRECTS = 4;

/** Waits shorter than this are not worth a line in the log, in ms. */
const WAIT_WORTH_SAYING = 5_000;

/** Of what a service says in an error, so much is shown, in characters. */
const LONGEST_SAYING = 1_000;

/** An error answer larger than this is not repeated in the item, in characters of JSON. */
const LONGEST_RESPONSE = 8_000;

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
		const query = queryString(request.query);
		const connection = await this.connect();
		return await this.untilAnswered({ request, url: connection.baseUrl + request.path + query }, connection);
	}

	/**
	 * Starts a download and gives its bytes as they come; only the start is tried again.
	 * @param url absolute. Keys go along only to hosts of the service itself.
	 * @param trusted whether a host belongs to the service, beside the credential's own
	 * @throws {Failure} at the start, and from the bytes when they break off or stall
	 */
	async download(url: string, trusted: (host: string) => boolean): Promise<AsyncIterable<Buffer>> {
		const connection = await this.connect();
		let target = this.addressOf(url);
		for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
			const { host, href, origin, pathname, protocol } = target;
			const own = origin === new URL(connection.baseUrl).origin || (protocol === 'https:' && trusted(host));
			const response = await this.untilAnswered(
				{ request: { method: 'GET', path: pathname }, url: href, anonymous: !own, download: true },
				connection,
			);
			if (!isRedirect(response)) {
				return guarded(response.body as AsyncIterable<Buffer>, this.settings.timeout, (error) =>
					this.brokenOff(error, href, connection),
				);
			}
			target = this.addressOf(response.headers.location ?? '', target);
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

	private async untilAnswered(call: Call, connection: Connection): Promise<ApiResponse> {
		const { method, repeatable } = call.request;
		let uncertain = false;
		for (let tried = 1; ; tried++) {
			const outcome = await this.tryOnce(call, connection);
			if ('response' in outcome) return outcome.response;
			const { setback, failure } = outcome;
			// A lost answer to a mere question leaves no doubt.
			uncertain ||= method !== 'GET' && mayHaveActed(setback);
			const now = Date.now();
			const retryAt = setback.kind === 'answer' ? setback.retryAt : undefined;
			const mayGoOn =
				tried < this.settings.tries && mayRetry(setback, repeatable === true || method === 'GET');
			const pause = mayGoOn ? waitBeforeRetry(setback, tried, this.settings, now, Math.random()) : undefined;
			if (pause === undefined) throw new Failure({ ...this.withWaitAsked(failure, retryAt, now), uncertain });
			this.traffic.retries++;
			this.noteWait(pause, `trying again: ${failure.message}`);
			await wait(pause, this.signal);
		}
	}

	private async tryOnce(
		call: Call,
		connection: Connection,
	): Promise<{ response: ApiResponse } | { setback: Setback; failure: Failure['details'] }> {
		await this.limit.enter(this.signal, (ms, delay) => this.waitForRoom(ms, delay));
		let reading: ReturnType<Service['rateLimit']> | undefined;
		this.traffic.requests++;
		try {
			const answer = await within(this.settings.timeout, this.exchange(call, connection));
			const now = Date.now();
			reading = this.service.rateLimit(answer.headers, now);
			if (answer.status < 300) {
				return isReadable(answer)
					? { response: answer }
					: { setback: GARBLED, failure: this.garbled(answer, connection) };
			}
			if (call.download === true && isRedirect(answer)) return { response: answer };
			const response = { ...answer, body: redactJson(answer.body, connection.redact) };
			const explanation = this.explain(response);
			if (explanation.code !== undefined && call.request.accept?.includes(explanation.code) === true) {
				return { response: { ...response, errorCode: explanation.code } };
			}
			const setback = this.setbackOf(response, explanation, reading.retryAt, now);
			// What the service asks for holds for all requests, not only for the one it refused.
			if (setback.retryAt !== undefined) this.limit.pause(setback.retryAt);
			return {
				setback,
				failure: this.describe(call.request, response, explanation, connection),
			};
		} catch (error) {
			if (this.signal?.aborted === true) throw cancelled(call.request.method !== 'GET');
			const code = networkCode(error);
			const { message, description } = unreachable(this.service.name, call.url, error);
			const failure = { message, description: connection.redact(description), code };
			return { setback: { kind: 'noAnswer', code }, failure };
		} finally {
			this.limit.leave(reading);
		}
	}

	/** One try over the wire. Its options are built anew each time: n8n's helpers change them. */
	private async exchange(
		{ request, url, anonymous, download }: Call,
		connection: Connection,
	): Promise<ApiResponse> {
		const { upload } = request;
		const body = upload === undefined ? serialised(request.body) : await upload.open();
		const options: IHttpRequestOptions = {
			method: request.method,
			url,
			headers: {
				accept: download === true ? '*/*' : 'application/json',
				...(body === undefined ? {} : { 'content-type': upload?.contentType ?? 'application/json' }),
				...request.headers,
			},
			returnFullResponse: true,
			// A redirect would carry the keys to whatever host it names.
			disableFollowRedirect: true,
			// Without it, a 401 makes n8n send the request a second time.
			ignoreHttpStatusErrors: true,
			timeout: this.settings.timeout,
			...(this.signal === undefined ? {} : { abortSignal: this.signal }),
			...(body === undefined ? {} : { body }),
			...(download === true ? { encoding: 'stream' as const } : {}),
		};
		const answer =
			anonymous === true
				? await this.sendAnonymously(options)
				: await this.sendAuthenticated(options, connection);
		const failedDownload = download === true && answer.statusCode >= 300;
		return {
			status: answer.statusCode,
			headers: answer.headers as Headers,
			body: failedDownload ? await readShort(answer.body as unknown as AsyncIterable<Buffer>) : answer.body,
		};
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

	private explain(response: ApiResponse): Explanation {
		if (!isRedirect(response)) return this.service.explain(response);
		return {
			message: `${this.service.name} has moved, or the URL in its credential is not the one of the API`,
			description: 'The host answered with a redirect. Check the URL in the credential.',
		};
	}

	/** @param windowEnds when the service's rate limit starts anew; answers to other problems carry that too, and it means nothing there */
	private setbackOf(
		{ status, headers }: ApiResponse,
		explanation: Explanation,
		windowEnds: number | undefined,
		now: number,
	): AnsweredSetback {
		const refused = status === 429 || explanation.refused === true || this.service.refusedUnread(status);
		const asked = status === 429 || status >= 500 ? retryAfter(headers['retry-after'], now) : undefined;
		return { kind: 'answer', status, refused, retryAt: asked ?? (status === 429 ? windowEnds : undefined) };
	}

	private describe(
		request: ApiRequest,
		response: ApiResponse,
		{ message, description, code, tooLarge }: Explanation,
		{ redact }: Connection,
	): Failure['details'] {
		const call = redact(`(${request.method} ${request.path} answered ${response.status})`);
		const said = [shortened(description ?? ''), call].filter((part) => part !== '');
		return {
			message: shortened(message),
			description: said.join(' '),
			status: response.status,
			code,
			tooLarge,
			context: isSmallJson(response.body) ? { response: response.body } : undefined,
		};
	}

	private garbled(response: ApiResponse, { redact }: Connection): Failure['details'] {
		return {
			message: `${this.service.name} answered ${response.status}, but not with JSON`,
			description: `What came instead starts with: ${redact(String(response.body)).slice(0, 200)}`,
			status: response.status,
		};
	}

	private brokenOff(error: unknown, url: string, { redact }: Connection): Failure {
		if (this.signal?.aborted === true) return cancelled();
		const { host } = new URL(url);
		const why = error instanceof Error ? error.message : String(error);
		return new Failure({
			message: `The download from ${host} broke off before its end`,
			description: `${redact(why)}. Nothing of it was used; run it again.`,
			code: networkCode(error),
		});
	}

	/** @throws {Failure} for what the service gives as an address and is none */
	private addressOf(url: string, from?: URL): URL {
		if (URL.canParse(url, from?.href)) return new URL(url, from);
		throw new Failure({ message: `${this.service.name} gave no usable address for the download` });
	}

	/** Adds how long the service wants to be left alone to what is said about an answer that is not waited for. */
	private withWaitAsked(
		failure: Failure['details'],
		retryAt: number | undefined,
		now: number,
	): Failure['details'] {
		if (retryAt === undefined || retryAt - now <= this.settings.longestWait) return failure;
		return {
			...failure,
			description: [failure.description, this.tooLong(retryAt - now)].filter(Boolean).join(' '),
		};
	}

	private tooLong(ms: number): string {
		const { name } = this.service;
		const [asked, allowed] = [ms, this.settings.longestWait].map((time) => Math.ceil(time / 1000));
		return `${name} wants to be left alone for ${asked} s, and the longest wait is ${allowed} s: run it later, or raise "Longest Wait" in the request settings.`;
	}

	/** @throws {Failure} rather than wait longer for the service than the user allows */
	private waitForRoom(ms: number, { asked }: Delay): void {
		if (asked > this.settings.longestWait) {
			throw new Failure({
				message: `The rate limit of ${this.service.name} is used up`,
				description: this.tooLong(asked),
				status: 429,
			});
		}
		this.noteWait(ms, 'keeping within the rate limit');
	}

	private noteWait(ms: number, reason: string): void {
		this.traffic.waited += ms;
		if (ms >= WAIT_WORTH_SAYING && 'logger' in this.functions) {
			this.functions.logger.info(`${this.service.name}: waiting ${Math.round(ms / 1000)} s, ${reason}`);
		}
	}
}

function serialised(body: ApiRequest['body']): string | undefined {
	return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

/** An answer that says success and can't be read: what it was meant to say is lost. */
const GARBLED: Setback = { kind: 'noAnswer', code: 'ERR_NOT_JSON' };

function isReadable({ body }: ApiResponse): boolean {
	return typeof body !== 'string' || body.trim() === '';
}

function isRedirect({ status, headers }: ApiResponse): boolean {
	return status >= 300 && status < 400 && headers.location !== undefined;
}

function shortened(text: string): string {
	return text.length > LONGEST_SAYING ? `${text.slice(0, LONGEST_SAYING)}…` : text;
}

function isSmallJson(body: unknown): body is IDataObject {
	return isRecord(body) && JSON.stringify(body).length <= LONGEST_RESPONSE;
}
