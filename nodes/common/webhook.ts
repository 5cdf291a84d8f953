import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asRecord } from './record';
import { isRepeated } from './repeatedDelivery';

/** The bytes of a request as they were sent. n8n reads them before it parses; forms with files it doesn't keep. */
export async function rawBody(functions: IWebhookFunctions): Promise<Buffer> {
	const request = functions.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody) && !request.contentType?.startsWith('multipart/'))
		await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/** The text of a body, without the mark that some programs put before it. */
export function textOfBody(body: Buffer): string {
	return body.toString('utf8').replace(/^\uFEFF/, '');
}

/** n8n answers with this and status 200, once it has taken the event. */
export function answer(message: string): IWebhookResponseData {
	const webhookResponse: IDataObject = { message };
	return { webhookResponse };
}

/** Answers with a status that says no, at once, and starts nothing. */
export function refuse(functions: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	functions.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Whether a delivery was received before and the user wants such ones dropped; a new one is remembered. In test runs people send the
 * same thing again on purpose.
 * @param id what tells the delivery from all others, if anything does
 */
export function isDropped(functions: IWebhookFunctions, id: string | undefined): boolean {
	const options = asRecord(functions.getNodeParameter('options', {}));
	if (functions.getMode() === 'manual' || options?.dropRepeated === false) return false;
	return isRepeated(functions.getWorkflowStaticData('node'), id);
}

/** What the sender of a dropped delivery is told. */
export const DROPPED = 'Ignored: this delivery was received before';
