import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { anyCustomerField, readCustomerId } from './anyCustomerField';
import { simplifyCustomer } from './simplifyCustomer';

interface Input {
	readonly id: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a customer',
	description: 'Look up a customer by the source ID or the ID',
	fields: [anyCustomerField, simplifyField],
	read: (item) => ({ id: readCustomerId(item), simplify: item.flag('simple') }),
	run: async ({ id, simplify }, run) => {
		const customer = objectOf(await run.client.send({ method: 'GET', path: path`/v1/customers/${id}` }));
		return [{ json: simplify ? simplifyCustomer(customer) : customer }];
	},
});
