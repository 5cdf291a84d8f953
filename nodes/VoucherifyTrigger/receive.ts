import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseJson } from '../common/json';
import { listed } from '../common/listed';
import { isRecord } from '../common/record';
import { answer, DROPPED, isDropped, rawBody, refuse, textOfBody } from '../common/webhook';
import { identityOf, readDelivery } from './delivery';
import { unwanted } from './selection';
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
	const parsed = parseJson(textOfBody(body));
	if (!('value' in parsed)) return refuse(functions, 400, `The body is not JSON: ${parsed.problem}`);
	if (!isRecord(parsed.value))
		return refuse(functions, 400, 'The body is not an event: it has to be a JSON object.');

	const delivery = readDelivery(parsed.value);
	const ignored = unwanted(delivery, {
		events: listed(functions.getNodeParameter('events', [])),
		campaigns: listed(functions.getNodeParameter('campaigns', [])),
	});
	if (ignored !== undefined) return answer(ignored);
	if (isDropped(functions, identityOf(delivery))) return answer(DROPPED);
	const json = functions.getNodeParameter('simple', true) === true ? simplify(delivery) : delivery.body;
	return { ...answer('Received'), workflowData: [[{ json }]] };
}
