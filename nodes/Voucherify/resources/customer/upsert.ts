import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { profileField, readProfile, readSourceId, sourceIdField } from './profile';
import { simplifyCustomer } from './simplifyCustomer';

interface Input {
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const upsert = perItem<Input>({
	name: 'upsert',
	displayName: 'Create or Update',
	action: 'Create or update a customer',
	description: 'Create a customer, or change the one that has the source ID already',
	fields: [sourceIdField, profileField, simplifyField],
	read: (item) => ({
		body: { source_id: readSourceId(item), ...readProfile(item) },
		simplify: item.flag('simple'),
	}),
	run: send,
});

async function send({ body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	// Setting the same fields twice leaves the same customer, so a lost answer can be asked for again.
	const response = await run.client.send({ method: 'POST', path: '/v1/customers', body, repeatable: true });
	const customer = objectOf(response);
	return [{ json: simplify ? simplifyCustomer(customer) : customer }];
}
