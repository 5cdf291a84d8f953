import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { pageOf } from '../../answer';
import { anyCustomerField, readCustomerId } from './anyCustomerField';

export const getSegments = perItem<string>({
	name: 'getSegments',
	displayName: 'Get Segments',
	action: 'Get the segments of a customer',
	description: 'List the segments that a customer belongs to now',
	fields: [anyCustomerField],
	read: readCustomerId,
	run: async (id, run) => {
		const response = await run.client.send({ method: 'GET', path: path`/v1/customers/${id}/segments` });
		return pageOf(response).rows.map((json) => ({ json }));
	},
});
