import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { customerField } from './customerField';
import { readCustomer } from './customerReference';

/** The choice of a customer that Voucherify knows, by either ID. */
export const anyCustomerField: INodeProperties = {
	...customerField,
	description: 'The customer, who has to be known to Voucherify',
	modes: (customerField.modes ?? []).map((mode) =>
		mode.name === 'id' ? { ...mode, hint: "Voucherify's own ID of the customer" } : mode,
	),
};

/** Reads the ID of a customer as URLs take it: Voucherify's own or the source ID. */
export function readCustomerId(item: ItemParameters): string {
	const { id, sourceId } = readCustomer(item);
	return id ?? sourceId;
}
