import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asRecord } from '../common/record';
import { answer, DROPPED, isDropped, rawBody, refuse, textOfBody } from '../common/webhook';
import { refusalOf, SECRET_HEADER } from './admission';
import { answerUnderWay, share } from './answersUnderWay';
import { CaughtAnswer, send, sendShared } from './connectedContentAnswer';
import { readAnyWebhook } from './forms/anyWebhook';
import { readAudienceSync } from './forms/audienceSync';
import { readConnectedContent } from './forms/connectedContent';
import { readCustomEvent } from './forms/customEvent';
import type { Form, Reading, Received } from './forms/form';
import {
	ANSWER_WITHIN,
	ANY_WEBHOOK,
	AUDIENCE_SYNC,
	BRAZE_WAITS,
	CONNECTED_CONTENT,
	CUSTOM_EVENT,
} from './receives';

/** In bytes. What a message sends is small; n8n itself takes 16 MB. */
const LARGEST_BODY = 1024 * 1024;

const FORMS: Readonly<Record<string, Form>> = {
	[ANY_WEBHOOK]: readAnyWebhook,
	[AUDIENCE_SYNC]: readAudienceSync,
	[CUSTOM_EVENT]: readCustomEvent,
	[CONNECTED_CONTENT]: readConnectedContent,
};

/** Headers that are secrets of Braze's, of n8n's or of a proxy's. */
const SECRETS = new Set([SECRET_HEADER, 'authorization', 'proxy-authorization', 'cookie']);

/**
 * Answers one request of Braze. 401 and 403 go to what isn't let in. A webhook gets 400 if it can't be read (Braze does not send it
 * again), else 200 at once. Connected Content always gets 200, with its own `status`, and waits for the workflow.
 */
export async function receive(functions: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refusal = await refusalOf(functions);
	if (refusal !== undefined) return refuse(functions, refusal.status, refusal.message);
	const receives = String(functions.getNodeParameter('receive', ''));
	const bytes = await rawBody(functions);
	if (bytes.length > LARGEST_BODY)
		return refuse(functions, 413, `The body has ${bytes.length} bytes; at most ${LARGEST_BODY} are taken.`);
	const reading = FORMS[receives]?.(received(functions, textOfBody(bytes))) ?? {
		problem: `The Braze Trigger receives no "${receives}".`,
	};
	if (receives === CONNECTED_CONTENT) return answerMessage(functions, reading);
	if ('problem' in reading) return refuse(functions, 400, reading.problem);
	if (isDropped(functions, reading.delivery)) return answer(DROPPED);
	return { ...answer('Received'), workflowData: [[{ json: reading.json }]] };
}

function received(functions: IWebhookFunctions, body: string): Received {
	const headers = Object.entries(functions.getHeaderData()).filter(([name]) => !SECRETS.has(name));
	return {
		method: functions.getRequestObject().method,
		query: asRecord(functions.getQueryData()) ?? {},
		headers: Object.fromEntries(headers),
		body,
		keyOf: functions.getNodeParameter('keyOf', 'campaign') === 'dispatch' ? 'dispatch' : 'campaign',
	};
}

/** Starts the workflow and answers with what it gives, or shares the answer to the same question that is under way. */
function answerMessage(functions: IWebhookFunctions, reading: Reading): IWebhookResponseData {
	const response = functions.getResponseObject();
	if ('problem' in reading) {
		send(response, { status: 'invalid_request', message: reading.problem });
		return { noWebhookResponse: true };
	}
	const ms = answerWithin(functions);
	const question = questionOf(functions, reading.json);
	const shared = answerUnderWay(question);
	if (shared !== undefined) {
		void sendShared(response, ms, shared);
		return { noWebhookResponse: true };
	}
	const caught = new CaughtAnswer(response);
	// People who try a workflow out want to see each of its runs.
	if (functions.getMode() !== 'manual') share(question, caught.ofWorkflow, ms);
	void caught.sendWithin(ms);
	return { workflowData: [[{ json: reading.json }]] };
}

/** Calls ask the same if they come to the same node with the same fields. */
function questionOf(functions: IWebhookFunctions, asked: IDataObject): string {
	return JSON.stringify([functions.getWorkflow().id, functions.getNode().id, asked]);
}

/** How long Braze is to wait at most, in ms. */
function answerWithin(functions: IWebhookFunctions): number {
	const options = asRecord(functions.getNodeParameter('options', {}));
	const given = Number(options?.answerWithin ?? ANSWER_WITHIN);
	return given > 0 ? Math.min(given, BRAZE_WAITS) : ANSWER_WITHIN;
}
