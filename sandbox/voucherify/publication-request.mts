import { invalid } from './errors.mts';
import { isObject, type JsonObject, nonEmptyText } from './json.mts';

const MOST_CODES = 50;

/** What a request to publish asks for. */
export type PublicationRequest = {
	readonly customer: JsonObject & { readonly id?: string; readonly source_id?: string };
	readonly sourceId: string | undefined;
	readonly channel: string;
	readonly metadata: JsonObject;
} & (
	| { readonly voucher: string; readonly campaign?: undefined; readonly count: 1 }
	| {
			readonly voucher?: undefined;
			/** Name or id. */
			readonly campaign: string;
			readonly count: number;
	  }
);

/**
 * Reads the body of POST /v1/publications. `customer` and `campaign` may be plain strings, and `voucher` wins over
 * `campaign`. Throws 400 `missing_vouchers`, `invalid_publish_params`, `too_many_vouchers_requested` or
 * `metadata_validation_failed`.
 */
export function readPublicationRequest(body: unknown): PublicationRequest {
	if (!isObject(body)) throw wrong('The body should be an object');
	const sourceId = nonEmptyText(body['source_id']);
	const metadata = body['metadata'] ?? {};
	if (!isObject(metadata)) {
		throw invalid(
			'metadata_validation_failed',
			'Metadata validation failed',
			'Property .metadata should be an object',
		);
	}
	const common = {
		customer: readCustomer(body['customer']),
		sourceId,
		channel: nonEmptyText(body['channel']) ?? 'API',
		metadata,
	};
	const voucher = nonEmptyText(body['voucher']);
	if (voucher !== undefined) return { ...common, voucher, count: 1 };
	const { campaign, count } = readCampaign(body['campaign']);
	if (sourceId !== undefined && count > 1) {
		const details = 'With a source_id only one voucher can be published';
		throw invalid('too_many_vouchers_requested', 'Too many vouchers requested', details);
	}
	return { ...common, campaign, count };
}

function readCustomer(customer: unknown): JsonObject & { id?: string; source_id?: string } {
	const text = nonEmptyText(customer);
	if (text !== undefined) return text.startsWith('cust_') ? { id: text } : { source_id: text };
	if (!isObject(customer)) throw wrong('Property .customer is required');
	const id = nonEmptyText(customer['id']);
	const sourceId = nonEmptyText(customer['source_id']);
	if (id === undefined && sourceId === undefined)
		throw wrong('Property .customer needs an id or a source_id');
	return {
		...customer,
		...(id !== undefined && { id }),
		...(sourceId !== undefined && { source_id: sourceId }),
	};
}

function readCampaign(given: unknown): { campaign: string; count: number } {
	const text = nonEmptyText(given);
	if (text !== undefined) return { campaign: text, count: 1 };
	const name = isObject(given) ? (nonEmptyText(given['name']) ?? nonEmptyText(given['id'])) : undefined;
	if (!isObject(given) || name === undefined) {
		throw invalid('missing_vouchers', 'Missing vouchers', 'Either .voucher or .campaign.name is required');
	}
	const count = given['count'] ?? 1;
	if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_CODES) {
		throw wrong(`Property .campaign.count should be a whole number from 1 to ${MOST_CODES}`);
	}
	return { campaign: name, count };
}

function wrong(details: string): Error {
	return invalid('invalid_publish_params', 'Invalid publish parameters', details);
}
