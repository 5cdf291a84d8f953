import { type Context, type Emitter, type Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';

/** A request as Braze sends it while it renders a message. */
export interface ConnectedContentRequest {
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | undefined;
}

export interface ConnectedContentAnswer {
	readonly status: number;
	readonly body: string;
}

/** What sends a request; a rejection stands for no answer in time. */
export type Transport = (request: ConnectedContentRequest) => Promise<ConnectedContentAnswer>;

/** Thrown where Braze puts the message back to render it anew: a call with `:retry` failed. */
export class RenderAgain extends Error {}

/** How Braze behaves where its documentation leaves a choice. */
export interface ConnectedContentManners {
	readonly transport: Transport;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Whether the JSON of an error gets into the variable, without a status. */
	readonly savesErrors: boolean;
}

/** The workspace's cache: by the URL alone. */
export class ConnectedContentCache {
	readonly #answers = new Map<string, { readonly answer: ConnectedContentAnswer; readonly until: number }>();

	find(url: string, now: number): ConnectedContentAnswer | undefined {
		const known = this.#answers.get(url);
		return known !== undefined && now < known.until ? known.answer : undefined;
	}

	keep(url: string, answer: ConnectedContentAnswer, until: number): void {
		this.#answers.set(url, { answer, until });
	}

	/** Braze may drop answers whenever it likes. */
	clear(): void {
		this.#answers.clear();
	}
}

/** The tag as it is written; everything may still hold Liquid. */
interface Written {
	readonly url: string;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | undefined;
	readonly contentType: string | undefined;
	/** In seconds, 0 for no cache. */
	readonly cacheFor: number;
	readonly retry: boolean;
	readonly save: string;
}

const URL_AND_OPTIONS = /^\s*(https?:\/\/(?:\{\{.*?\}\}|[^\s{}])+)(\s[^]*)?$/;
/** An object without objects in it; Liquid in a header's value is within quotes. */
const HEADERS = /\s:headers\s*(\{(?:"[^"]*"|[^"{}])*\})/;
/** Words between spaces; Liquid within one may hold spaces of its own. */
const WORD = /(?:\{\{.*?\}\}|\S)+/g;
const DEFAULT_CACHE_S = 300;
const LONGEST_CACHE_S = 4 * 60 * 60;
const OPTIONS = ['method', 'body', 'content_type', 'save', 'cache_max_age', 'no_cache', 'retry'];

/**
 * Reads what stands behind `connected_content`, as Braze documents it: a URL without spaces outside of Liquid, then options.
 * Throws for anything else.
 */
export function readConnectedContent(args: string): Written {
	const [, url, rest = ''] = URL_AND_OPTIONS.exec(args) ?? [];
	if (url === undefined) throw new Error(`No URL in: ${args}`);
	const headers = HEADERS.exec(rest)?.[1];
	const options = readOptions(rest.replace(HEADERS, ''));
	const method = (options.get('method') ?? 'get').toUpperCase();
	if (method !== 'GET' && method !== 'POST')
		throw new Error(`Braze calls by GET and POST only, not ${method}`);
	return {
		url,
		method,
		headers: headers === undefined ? {} : (JSON.parse(headers) as Record<string, string>),
		body: options.get('body'),
		contentType: options.get('content_type'),
		cacheFor: cacheFor(options, method),
		retry: options.has('retry'),
		save: options.get('save') ?? 'connected',
	};
}

function readOptions(text: string): ReadonlyMap<string, string> {
	const options = new Map<string, string>();
	let option: string | undefined;
	for (const [word] of text.matchAll(WORD)) {
		if (word.startsWith(':')) {
			option = word.slice(1);
			if (!OPTIONS.includes(option) || options.has(option)) throw new Error(`Option not expected: ${word}`);
			options.set(option, '');
		} else {
			if (option === undefined || options.get(option) !== '') throw new Error(`Not understood: ${word}`);
			options.set(option, word);
		}
	}
	return options;
}

/** GET is cached for five minutes unless told otherwise, POST only when told. */
function cacheFor(options: ReadonlyMap<string, string>, method: 'GET' | 'POST'): number {
	if (options.has('no_cache')) return 0;
	const age = options.get('cache_max_age');
	if (age === undefined) return method === 'GET' ? DEFAULT_CACHE_S : 0;
	if (age === '') return DEFAULT_CACHE_S;
	const seconds = Number(age);
	if (seconds >= DEFAULT_CACHE_S && seconds <= LONGEST_CACHE_S) return seconds;
	throw new Error(`Braze caches for 5 minutes to 4 hours, not for ${age} s`);
}

/** The tag for `liquidjs`: calls, and puts the answer into a variable. */
export function connectedContentTag(
	cache: ConnectedContentCache,
	{ transport, now, savesErrors }: ConnectedContentManners,
): new (token: TagToken, rest: TopLevelToken[], liquid: Liquid) => Tag {
	return class ConnectedContent extends Tag {
		readonly #written: Written;

		constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
			super(token, rest, liquid);
			this.#written = readConnectedContent(token.args);
		}

		override *render(context: Context, _emitter: Emitter): Generator<unknown, void, string> {
			const rendered = (text: string) =>
				this.liquid.renderer.renderTemplates(this.liquid.parse(text), context);
			const { method, contentType, save, retry } = this.#written;
			const url = yield rendered(this.#written.url);
			const headers: Record<string, string> = {};
			if (contentType !== undefined) headers['content-type'] = contentType;
			for (const [name, value] of Object.entries(this.#written.headers))
				headers[name] = yield rendered(value);
			const body = yield* this.#body(rendered);
			const answered = yield this.#answer({ method, url, headers, body }).then(
				(answer) => JSON.stringify(answer),
				() => '',
			);
			const answer = answered === '' ? undefined : (JSON.parse(answered) as ConnectedContentAnswer);
			if (retry && (answer === undefined || answer.status >= 500)) throw new RenderAgain(url);
			context.environments[save] = saved(answer, savesErrors);
		}

		/** `key=value` pairs become JSON where JSON is wanted, each value by itself. */
		*#body(rendered: (text: string) => unknown): Generator<unknown, string | undefined, string> {
			const { body, contentType } = this.#written;
			if (body === undefined) return undefined;
			if (contentType !== 'application/json' || !/^[\w-]+=/.test(body)) return yield rendered(body);
			const members: Record<string, string> = {};
			for (const pair of body.split('&')) {
				const [name = '', value = ''] = pair.split('=');
				members[name] = yield rendered(value);
			}
			return JSON.stringify(members);
		}

		async #answer(request: ConnectedContentRequest): Promise<ConnectedContentAnswer> {
			const { cacheFor } = this.#written;
			const known = cacheFor === 0 ? undefined : cache.find(request.url, now());
			if (known !== undefined) return known;
			const answer = await transport(request);
			if (cacheFor > 0 && isGood(answer)) cache.keep(request.url, answer, now() + cacheFor * 1000);
			return answer;
		}
	};
}

function saved(answer: ConnectedContentAnswer | undefined, savesErrors: boolean): unknown {
	if (answer === undefined || !(isGood(answer) || savesErrors)) return undefined;
	const parsed: unknown = JSON.parse(answer.body);
	const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	return isObject && isGood(answer) ? { ...parsed, __http_status_code__: answer.status } : parsed;
}

function isGood({ status }: ConnectedContentAnswer): boolean {
	return status >= 200 && status < 300;
}
