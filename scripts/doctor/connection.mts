// Asks one service one question at a time, without trying again: what the service really says is what is wanted.
import axios, { isAxiosError } from 'axios';
import { networkCode, unreachable } from '../../nodes/common/networkError.ts';
import type { ApiResponse, Service } from '../../nodes/common/request.ts';

/** A question to a service. */
export interface Question {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** From the host on, with its query; or absolute. */
	readonly path: string;
	readonly body?: unknown;
	/** Sent without the keys, and passed on to other hosts where the service says so. */
	readonly anonymous?: boolean;
}

/** What came back. */
export interface Answer extends ApiResponse {
	readonly kind: 'answer';
	/** When the question was sent and when the answer was there, in ms since the epoch. */
	readonly sentAt: number;
	readonly receivedAt: number;
}

/** No answer, and why, in a sentence. */
export interface Silence {
	readonly kind: 'silence';
	readonly reason: string;
}

export type Reply = Answer | Silence;

/** A service with the keys to it. */
export interface Connection {
	/** How the nodes read this service's answers. */
	readonly service: Service;
	/** Without a slash at the end. */
	readonly url: string;
	ask(question: Question): Promise<Reply>;
}

const TIMEOUT_MS = 30_000;
/** An answer longer than this is none to any of the questions. */
const LONGEST_ANSWER = 16 * 1024 * 1024;
/** A download is passed on this often; the nodes do so too. */
const MOST_REDIRECTS = 4;

/** A connection that sends `keys` as headers. */
export function connect(service: Service, url: string, keys: Readonly<Record<string, string>>): Connection {
	const ask = async ({ method, path, body, anonymous = false }: Question): Promise<Reply> => {
		const sentAt = Date.now();
		const address = new URL(path, url).href;
		try {
			const { status, headers, data } = await axios.request<string>({
				method,
				url: address,
				data: body,
				headers: anonymous ? {} : keys,
				timeout: TIMEOUT_MS,
				maxContentLength: LONGEST_ANSWER,
				// Keys must not follow a redirect to a host of somebody else.
				maxRedirects: anonymous ? MOST_REDIRECTS : 0,
				responseType: 'text',
				transformResponse: (text: string) => text,
				validateStatus: () => true,
			});
			return {
				kind: 'answer',
				status,
				headers: plainHeaders(headers),
				body: parsed(data),
				sentAt,
				receivedAt: Date.now(),
			};
		} catch (error) {
			if (!isAxiosError(error) && networkCode(error) === undefined) throw error;
			const { message, description } = unreachable(service.name, address, error);
			return { kind: 'silence', reason: `${message}. ${description}` };
		}
	};
	return { service, url, ask };
}

function plainHeaders(headers: object): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** What a reply says, in a few words: the service's own where it has some. */
export function saidBy(reply: Reply, service: Service): string {
	if (reply.kind === 'silence') return reply.reason;
	const { message } = service.explain(reply);
	return reply.status < 300 ? `status ${reply.status}` : `status ${reply.status}, ${message}`;
}

/** Whether a reply is an answer of success. */
export function succeeded(reply: Reply): reply is Answer {
	return reply.kind === 'answer' && reply.status >= 200 && reply.status < 300;
}
