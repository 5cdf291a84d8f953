import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { anyCustomerField, readCustomerId } from './anyCustomerField';

interface Input {
	readonly id: string;
	readonly permanently: boolean;
}

export const remove = perItem<Input>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete a customer',
	description: 'Move a customer to the bin, or remove them with everything that Voucherify knows of them',
	fields: [
		anyCustomerField,
		{
			displayName: 'Delete Permanently',
			name: 'permanently',
			type: 'boolean',
			default: false,
			description:
				'Whether to remove the customer for good, with events, orders and consents, as privacy laws ask for. This cannot be undone.',
		},
	],
	read: (item) => ({ id: readCustomerId(item), permanently: item.flag('permanently') }),
	run: send,
});

async function send({ id, permanently }: Input, run: Run): Promise<readonly OutputItem[]> {
	if (!permanently) {
		await run.client.send({ method: 'DELETE', path: path`/v1/customers/${id}`, repeatable: true });
		return [{ json: { customer: id, deleted: true, permanently } }];
	}
	const response = await run.client.send({
		method: 'POST',
		path: path`/v1/customers/${id}/permanent-deletion`,
		repeatable: true,
	});
	return [{ json: { customer: id, deleted: true, permanently, deletion: objectOf(response) } }];
}
