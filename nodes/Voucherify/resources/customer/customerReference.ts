import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf, textOf } from '../../answer';

/** A customer as a user names it. */
export type CustomerReference =
	| { readonly sourceId: string; readonly id?: undefined }
	| { readonly id: string; readonly sourceId?: undefined };

/** Voucherify's own IDs start like this; of what the list offers, so do only customers without a source ID. */
const OWN_ID = /^cust_/;

/** Reads the field of a customer. */
export function readCustomer(item: ItemParameters): CustomerReference {
	const value = item.located(
		'customer',
		'Choose a customer, or enter the source ID, for example the external ID in Braze.',
	);
	switch (item.locatorMode('customer')) {
		case 'id':
			return { id: value };
		case 'list':
			return OWN_ID.test(value) ? { id: value } : { sourceId: value };
		default:
			return { sourceId: value };
	}
}

/** The customer as request bodies name it. */
export function customerBody({ id, sourceId }: CustomerReference): IDataObject {
	return id === undefined ? { source_id: sourceId } : { id };
}

/**
 * What stands for a customer in keys, however it was named: the source ID, of customers without one the ID.
 * @throws {Failure} for an ID that Voucherify doesn't know
 */
export async function customerKey(run: Run, { id, sourceId }: CustomerReference): Promise<string> {
	if (id === undefined) return sourceId;
	return await run.once(`customer ${id}`, async () => {
		const response = await run.client.send({
			method: 'GET',
			path: path`/v1/customers/${id}`,
			accept: ['not_found', 'resource_not_found'],
		});
		if (response.errorCode === undefined) return textOf(objectOf(response).source_id) ?? id;
		throw new Failure({
			message: `Voucherify has no customer with the ID "${id}"`,
			description: 'Check the ID. For your own ID of the customer, choose "Source ID".',
			status: response.status,
			code: response.errorCode,
		});
	});
}
