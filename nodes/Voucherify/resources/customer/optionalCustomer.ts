import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { customerField } from './customerField';
import { customerBody, readCustomer } from './customerReference';

/** The choice of a customer where none is needed. */
export function optionalCustomerField(description: string): INodeProperties {
	return { ...customerField, required: false, description };
}

/** The chosen customer as request bodies name it; `undefined` for none. */
export function readOptionalCustomer(item: ItemParameters): IDataObject | undefined {
	return item.text('customer') === '' ? undefined : customerBody(readCustomer(item));
}
