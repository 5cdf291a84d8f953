import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { anyCustomerField, readCustomerId } from './anyCustomerField';
import { profileField, readProfile } from './profile';
import { simplifyCustomer } from './simplifyCustomer';

interface Input {
	readonly id: string;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a customer',
	description: 'Change a customer that exists, and fail where there is none',
	fields: [anyCustomerField, profileField, simplifyField],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const body = readProfile(item);
	if (Object.keys(body).length === 0) throw item.invalid('fields', 'is empty', 'Add what is to be changed.');
	return { id: readCustomerId(item), body, simplify: item.flag('simple') };
}

async function send({ id, body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'PUT',
		path: path`/v1/customers/${id}`,
		body,
		repeatable: true,
	});
	const customer = objectOf(response);
	return [{ json: simplify ? simplifyCustomer(customer) : customer }];
}
