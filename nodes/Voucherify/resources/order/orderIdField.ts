import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The order that something is done with. */
export const orderIdField: INodeProperties = {
	displayName: 'Order ID',
	name: 'orderId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. order-2026-000123',
	description: "Source ID or Voucherify's own ID of the order",
};

export function readOrderId(item: ItemParameters): string {
	return item.requiredText('orderId', 'Enter the source ID of the order, or the ID that Voucherify gave it.');
}
