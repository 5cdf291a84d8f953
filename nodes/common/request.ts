import { TokenKeeper } from './accessToken';
import { connectionOf, withToken, type Authorized, type Connection } from './connection';
import { guarded } from './download';
import { exchange, textOf, type Call } from './exchange';
import { Failure } from './failure';
import { networkCode, unreachable } from './networkError';
import { RateLimit, type Delay } from './rateLimit';
import { redactJson } from './redaction';
import { garbled, moved, NO_ACCESS, noFile, refusal, tooLong } from './refusal';
import {
	mayHaveActed,
	mayRetry,
	retryAfter,
	waitBeforeRetry,
	type AnsweredSetback,
	type Setback,
} from './retry';
import {
	DEFAULT_SETTINGS,
	type ApiRequest,
	type ApiResponse,
	type Explanation,
	type RequestContext,
	type RequestSettings,
	type Service,
	type Traffic,
} from './service';
import { queryString, urlOf } from './urlPath';
import { cancelled, wait } from './wait';

export { DEFAULT_SETTINGS } from './service';
export type {
	ApiRequest,
	ApiResponse,
	Explanation,
	Headers,
	RequestContext,
	RequestSettings,
	Service,
	Traffic,
} from './service';

/** A download is passed on to a storage service at most this often. */
const MOST_REDIRECTS = 4;

/** Waits shorter than this are not worth a line in the log, in ms. */
const WAIT_WORTH_SAYING = 5_000;

/** A download, and where it came from in the end. */
interface AnsweredDownload {
	readonly response: ApiResponse;
	readonly url: string;
	readonly connection: Connection;
}

/**
 * Sends the requests of one execution to one service: authenticated, within the rate limit, tried again where that is safe, stopped
 * when the execution is. Every error that leaves it is a `Failure` without secrets.
 */
export class ApiClient {
	readonly traffic: Traffic = { requests: 0, retries: 0, waited: 0 };
	private readonly limits = new Map<string | undefined, RateLimit>();
	private readonly slots = { next: 0 };
	private connecting: Promise<Connection> | undefined;
	private authorized: Authorized | undefined;

	constructor(
		private readonly functions: RequestContext,
		readonly service: Service,
		private readonly settings: RequestSettings = DEFAULT_SETTINGS,
	) {}

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
		const text = { ...request, body: textOf(request.body) };
		const connection = await this.connect();
		return await this.untilAnswered(
			{ request: text, url: connection.baseUrl + request.path + query },
			connection,
		);
	}

	/**
	 * Starts a download and gives its bytes as they come; only the start is tried again.
	 * @param url absolute. Keys go along only to hosts of the service itself.
	 * @param trusted whether a host belongs to the service, beside the credential's own
	 * @throws {Failure} at the start, and from the bytes when they break off or stall
	 */
	async download(url: string, trusted: (host: string) => boolean): Promise<AsyncIterable<Buffer>> {
		const { origin: home } = new URL(await this.baseUrl());
		const isOwn = ({ origin, protocol, host }: URL): boolean =>
			origin === home || (protocol === 'https:' && trusted(host));
		return this.bytesOf(await this.file(url, isOwn, []));
	}

	/**
	 * Starts the download of a file that a storage service has now or later, like `download`. Its address alone opens the file: keys go
	 * along to nobody, since they are none of the storage's business, which would refuse them.
	 * @returns `undefined` as long as the storage gives no access (403), which is what it says before there is a file
	 */
	async downloadIfThere(url: string): Promise<AsyncIterable<Buffer> | undefined> {
		const answered = await this.file(url, () => false, [NO_ACCESS]);
		return answered.response.errorCode === undefined ? this.bytesOf(answered) : undefined;
	}

	private async file(
		url: string,
		isOwn: (url: URL) => boolean,
		accept: readonly string[],
	): Promise<AnsweredDownload> {
		const connection = await this.connect();
		let target = this.addressOf(url);
		for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
			const { href, host, pathname } = target;
			const anonymous = !isOwn(target);
			// What another host allows is no matter of the service's rate limit.
			const quota = anonymous ? host : undefined;
			const request = { method: 'GET', path: pathname, accept, quota } as const;
			const response = await this.untilAnswered(
				{ request, url: href, anonymous, download: true },
				connection,
			);
			if (!isRedirect(response)) return { response, url: href, connection };
			target = this.addressOf(response.headers.location ?? '', target);
		}
		throw new Failure({ message: `${this.service.name} sent the download from host to host without end` });
	}

	private bytesOf({ response, url, connection }: AnsweredDownload): AsyncIterable<Buffer> {
		return guarded(response.body as AsyncIterable<Buffer>, this.settings.timeout, (error) =>
			this.brokenOff(error, url, connection),
		);
	}

	/** Where the credential points to, without a slash at the end. */
	async baseUrl(): Promise<string> {
		return (await this.connect()).baseUrl;
	}

	private async connect(): Promise<Connection> {
		// Reading a credential decrypts it each time (1.3 ms), so it is read once.
		this.connecting ??= this.functions.getCredentials(this.service.credentialType).then((credential) => {
			const { functions, signal } = this;
			const { timeout } = this.settings;
			const { credentialType } = this.service;
			return this.withTokens(
				connectionOf(this.service, { functions, credentialType, credential, signal, timeout }),
			);
		});
		return await this.connecting;
	}

	private withTokens(connection: Connection): Connection {
		const { tokens } = this.service;
		if (tokens === undefined) return connection;
		const { baseUrl, sender } = connection;
		const request = tokens.request(sender.credential);
		const call = { request, url: baseUrl + request.path, anonymous: true };
		const ask = async () => tokens.read((await this.untilAnswered(call, connection)).body);
		return { ...connection, tokens: new TokenKeeper([baseUrl, request], ask) };
	}

	/** The connection as a request uses it: with a token that is not about to end, if the service wants one. */
	private async authorize(connection: Connection, { anonymous }: Call): Promise<Connection | Authorized> {
		if (connection.tokens === undefined || anonymous === true) return connection;
		const token = await connection.tokens.token();
		if (this.authorized?.token !== token) this.authorized = withToken(connection, token);
		return this.authorized;
	}

	private async untilAnswered(call: Call, connection: Connection): Promise<ApiResponse> {
		const { method, repeatable } = call.request;
		let uncertain = false;
		let renewed = false;
		for (let tried = 1; ; tried++) {
			const authorized = await this.authorize(connection, call);
			const outcome = await this.tryOnce(call, authorized);
			if ('response' in outcome) return outcome.response;
			const { setback, failure } = outcome;
			if ('token' in authorized && !renewed && setback.kind === 'answer' && setback.status === 401) {
				authorized.tokens?.drop(authorized.token);
				this.traffic.retries++;
				renewed = true;
				continue;
			}
			if (method === 'DELETE' && uncertain && setback.kind === 'answer' && setback.status === 404)
				return { status: setback.status, headers: {}, body: undefined, gone: true };
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
		const limit = this.limitOf(call.request);
		await limit.enter(this.signal, (ms, delay) => this.waitForRoom(ms, delay));
		let reading: ReturnType<Service['rateLimit']> | undefined;
		this.traffic.requests++;
		try {
			const answer = await exchange(call, connection.sender);
			const now = Date.now();
			reading = this.service.rateLimit(answer.headers, now);
			if (answer.status < 300) {
				return isReadable(answer)
					? { response: answer }
					: { setback: GARBLED, failure: garbled(this.service.name, redacted(answer, connection)) };
			}
			if (call.download === true && isRedirect(answer)) return { response: answer };
			const response = redacted(answer, connection);
			const explanation = this.explained(call, response);
			if (explanation.code !== undefined && call.request.accept?.includes(explanation.code) === true) {
				return { response: { ...response, errorCode: explanation.code } };
			}
			const setback = this.setbackOf(response, explanation, reading.retryAt, now);
			// What the service asks for holds for all requests of this limit, not only for the one it refused.
			if (setback.retryAt !== undefined) limit.pause(setback.retryAt);
			return {
				setback,
				failure: refusal(call.request.method, connection.redact(call.request.path), response, explanation),
			};
		} catch (error) {
			if (this.signal?.aborted === true) throw cancelled(call.request.method !== 'GET');
			const code = networkCode(error);
			const { message, description } = unreachable(this.service.name, call.url, error);
			const failure = { message, description: connection.redact(description), code };
			return { setback: { kind: 'noAnswer', code }, failure };
		} finally {
			limit.leave(reading);
		}
	}

	private explained({ request, anonymous, download, url }: Call, response: ApiResponse): Explanation {
		if (isRedirect(response)) return moved(this.service.name);
		// Not the service's own words.
		if (anonymous === true && download === true) return noFile(new URL(url).host, response);
		return this.service.explain(response, request);
	}

	private limitOf({ quota }: ApiRequest): RateLimit {
		const known = this.limits.get(quota);
		if (known) return known;
		const limit = new RateLimit(this.settings.perMinute, Date.now, this.slots);
		this.limits.set(quota, limit);
		return limit;
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
		const address = urlOf(url, from);
		if (address !== undefined) return address;
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
			description: [failure.description, tooLong(this.service.name, retryAt - now, this.settings.longestWait)]
				.filter(Boolean)
				.join(' '),
		};
	}

	/** @throws {Failure} rather than wait longer for the service than the user allows */
	private waitForRoom(ms: number, { asked }: Delay): void {
		if (asked > this.settings.longestWait) {
			throw new Failure({
				message: `The rate limit of ${this.service.name} is used up`,
				description: tooLong(this.service.name, asked, this.settings.longestWait),
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

/** An answer that says success and can't be read: what it was meant to say is lost. */
const GARBLED: Setback = { kind: 'noAnswer', code: 'ERR_NOT_JSON' };

function isReadable({ body }: ApiResponse): boolean {
	return typeof body !== 'string' || body.trim() === '';
}

function isRedirect({ status, headers }: ApiResponse): boolean {
	return status >= 300 && status < 400 && headers.location !== undefined;
}

/** An answer without the secrets that it may hold. */
function redacted(answer: ApiResponse, { redact }: Connection): ApiResponse {
	return { ...answer, body: redactJson(answer.body, redact) };
}
