import type { IDataObject } from 'n8n-workflow';
import { inBatches, type Batching } from '../../../common/operation';
import type { Limits, Part } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { withoutEmpty } from '../../optionValues';
import { BULK_LIMITS, sendBulk } from '../asyncAction/bulk';
import { optionalCustomerField, readOptionalCustomer } from '../customer/optionalCustomer';
import { orderField, readOrder } from './orderFields';

/** Voucherify imports at most so many orders in one request. */
const LIMITS: Limits = { ...BULK_LIMITS, combined: 2_000, perLane: 2_000 };

export const importInBulk = inBatches({
	name: 'importInBulk',
	displayName: 'Import in Bulk',
	action: 'Import orders in bulk',
	description:
		'Record past orders, up to 2,000 in a request, and wait until Voucherify is done. Orders that it knows are updated; nothing is triggered by imported orders. Orders that it refuses fail one by one.',
	fields: [
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. order-2026-000123',
			description: 'Your own ID of the order',
		},
		optionalCustomerField('Who ordered. A customer that Voucherify does not know yet is created.'),
		{ ...orderField, options: (orderField.options ?? []).filter(({ name }) => name !== 'sourceId') },
		waitOptionsField,
	],
	open: (fixed): Batching => {
		const longestWait = readLongestWait(fixed);
		return {
			limits: LIMITS,
			read: (item) => [partOf(item)],
			send: async (parts, run) =>
				await sendBulk(parts, run, {
					path: '/v1/orders/import',
					body: `[${parts.map(({ text }) => text).join(',')}]`,
					// An order that was imported before is found by its source ID, and set to the same.
					repeatable: true,
					longestWait,
				}),
		};
	},
});

function partOf(item: ItemParameters): Part {
	const sourceId = item.requiredText('sourceId', 'Enter your own ID of the order.');
	const order: IDataObject = withoutEmpty({
		...readOrder(item),
		source_id: sourceId,
		customer: readOptionalCustomer(item),
	});
	return { owner: item.index, lane: 'orders', text: JSON.stringify(order), key: sourceId };
}
