import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import type { TokenGrant } from './accessToken';
import type { RateLimitReading } from './rateLimit';
import type { RetrySettings } from './retry';
import type { Upload } from './upload';

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
	/** What a key must be allowed to do for it, in the service's own words; told when the key may not. */
	readonly permission?: string | undefined;
	/** Names the rate limit that it counts against, where that is another than for most requests. */
	readonly quota?: string | undefined;
}

/** A service's answer. */
export interface ApiResponse {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or the text when it isn't JSON. */
	readonly body: unknown;
	/** The code of an error that the request accepts as an answer. */
	readonly errorCode?: string | undefined;
	/** What a DELETE was sent for is not there any more: an earlier try, whose answer was lost, has removed it. */
	readonly gone?: true;
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
	/** How it hands out tokens, if it wants one; requests are then sent with it as the credential's `accessToken`. */
	readonly tokens?: TokenGrant;
	rateLimit(headers: Headers, now: number): RateLimitReading & { readonly retryAt?: number | undefined };
	/** Whether an answer with this status (other than 429) was given before the request reached the service. */
	refusedUnread(status: number): boolean;
	explain(response: ApiResponse, request?: ApiRequest): Explanation;
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
