import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { orderIdField, readOrderId } from './orderIdField';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get an order',
	description: 'See an order with its items, discounts and redemptions',
	fields: [orderIdField],
	read: readOrderId,
	run: async (id, run) => [
		{ json: objectOf(await run.client.send({ method: 'GET', path: path`/v1/orders/${id}` })) },
	],
});
