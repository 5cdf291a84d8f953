import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { within } from '../common/deadline';
import { isRecord } from '../common/record';

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** What Braze gets, in characters; it reads up to 1 MB. */
const LONGEST = 250_000;

/**
 * Catches what n8n sends for a workflow before it goes out: n8n would answer 500 to an error, take as long as the workflow does, and
 * break the connection if something was answered before.
 */
export class CaughtAnswer {
	/** What the workflow came to, as Braze is to get it. Never comes if n8n never answers. */
	readonly ofWorkflow: Promise<IDataObject>;
	private readonly before: Pick<Response, 'json' | 'send'>;

	constructor(private readonly response: Response) {
		this.before = { json: response.json, send: response.send };
		this.ofWorkflow = new Promise((resolve) => {
			const caught = (body?: unknown): Response => {
				resolve(answerOf(response.statusCode, body));
				return response;
			};
			Object.assign(response, { json: caught, send: caught });
		});
	}

	/** Sends the answer of the workflow, or that it takes longer than so many ms. What n8n sends afterwards goes nowhere. */
	async sendWithin(ms: number): Promise<void> {
		const { response } = this;
		const body = await inTime(ms, this.ofWorkflow);
		Object.assign(response, this.before);
		send(response, body);
		const nothing = (): Response => response;
		const methods = [
			'json',
			'send',
			'end',
			'status',
			'set',
			'header',
			'setHeader',
			'setHeaders',
			'removeHeader',
		];
		Object.assign(response, Object.fromEntries(methods.map((name) => [name, nothing])));
	}
}

/** Sends another call's answer as soon as it is there, or that it takes longer than so many ms. */
export async function sendShared(
	response: Response,
	ms: number,
	answer: Promise<IDataObject>,
): Promise<void> {
	send(response, await inTime(ms, answer));
}

/** Braze lets Liquid see the answer only if its status is 2XX, so the outcome is in the JSON. */
export function send(response: Response, body: IDataObject): void {
	if (!response.headersSent) response.status(200).json(body);
}

/** The answer, or `{"status": "timeout"}` after so many ms. */
export async function inTime(ms: number, answer: Promise<IDataObject>): Promise<IDataObject> {
	return await within(ms, answer).catch(() => ({ status: 'timeout' }));
}

/**
 * What a workflow came to, by what n8n answers for it: the items of the last node as a list; anything else if it gave none, and that
 * with a status of 500 if it failed.
 */
export function answerOf(status: number, body: unknown): IDataObject {
	if (!Array.isArray(body)) return { status: status < 400 ? 'not_found' : 'error' };
	const [first] = body as readonly unknown[];
	if (!isRecord(first) || Object.keys(first).length === 0) return { status: 'not_found' };
	// Of an item that failed, nobody outside should learn why.
	if (first.status === undefined && first.error !== undefined) return { status: 'error' };
	const answer = { ...first, status: first.status ?? 'success' };
	return JSON.stringify(answer).length > LONGEST ? { status: 'error' } : answer;
}
