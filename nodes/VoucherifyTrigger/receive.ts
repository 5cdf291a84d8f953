import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseJson } from '../common/json';
import { asRecord, isRecord } from '../common/record';
import { readDelivery } from './delivery';
import { isRepeated } from './repeatedDelivery';
import { listed, unwanted } from './selection';
import { isSignedBy, SIGNATURE_HEADER } from './signature';
import { simplify } from './simplify/simplify';
import { isAutomatic, signingSecret } from './webhookSetup';

/**
 * Answers one webhook: 401 to what Voucherify didn't sign, 400 to what is no event, and 200 to everything else, at once. Only a signed,
 * wanted and new event becomes an item.
 */
export async function receive(functions: IWebhookFunctions): Promise<IWebhookResponseData> {
	const secret = await signingSecret(functions);
	if (secret === '') {
		const why = isAutomatic(functions)
			? 'it has lost the signing secret of the project. Deactivate and activate it.'
			: 'its Voucherify credential has no Webhook Signing Secret.';
		return refuse(functions, 401, `This workflow accepts nothing: ${why}`);
	}
	const body = await rawBody(functions);
	if (!isSignedBy(secret, body, functions.getHeaderData()[SIGNATURE_HEADER])) {
		return refuse(functions, 401, `The header ${SIGNATURE_HEADER} is missing or does not fit the body.`);
	}
	const parsed = parseJson(body.toString('utf8').replace(/^\uFEFF/, ''));
	if (!('value' in parsed)) return refuse(functions, 400, `The body is not JSON: ${parsed.problem}`);
	if (!isRecord(parsed.value))
		return refuse(functions, 400, 'The body is not an event: it has to be a JSON object.');

	const delivery = readDelivery(parsed.value);
	const ignored = unwanted(delivery, {
		events: listed(functions.getNodeParameter('events', [])),
		campaigns: listed(functions.getNodeParameter('campaigns', [])),
	});
	if (ignored !== undefined) return answer(ignored);
	if (dropsRepeated(functions) && isRepeated(functions.getWorkflowStaticData('node'), delivery.id)) {
		return answer('Ignored: this delivery was received before');
	}
	const json = functions.getNodeParameter('simple', true) === true ? simplify(delivery) : delivery.body;
	return { ...answer('Received'), workflowData: [[{ json }]] };
}

/** In test runs people send the same event again on purpose. */
function dropsRepeated(functions: IWebhookFunctions): boolean {
	const options = asRecord(functions.getNodeParameter('options', {}));
	return functions.getMode() !== 'manual' && options?.dropRepeated !== false;
}

/** The bytes that were signed. n8n reads them before it parses; forms with files it doesn't keep, and Voucherify sends none. */
async function rawBody(functions: IWebhookFunctions): Promise<Buffer> {
	const request = functions.getRequestObject();
	if (!Buffer.isBuffer(request.rawBody) && !request.contentType?.startsWith('multipart/'))
		await request.readRawBody();
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/** n8n answers with this and status 200, once it has taken the event. */
function answer(message: string): IWebhookResponseData {
	const webhookResponse: IDataObject = { message };
	return { webhookResponse };
}

function refuse(functions: IWebhookFunctions, status: 400 | 401, message: string): IWebhookResponseData {
	functions.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
