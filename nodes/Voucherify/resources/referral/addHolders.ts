import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { readTexts, withoutEmpty } from '../../optionValues';
import { objectsIn } from '../redemption/simplifyRedemption';
import { readReferral, referralField } from './referralField';

interface Input {
	readonly code: string;
	readonly body: IDataObject;
}

export const addHolders = perItem<Input>({
	name: 'addHolders',
	displayName: 'Add Holders',
	action: 'Add holders to a referral code',
	description: 'Make customers the referees of a referral code. Gives one item for each holder.',
	fields: [
		referralField,
		{
			displayName: 'Customers',
			name: 'customers',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. customer-000001, customer-000002',
			description:
				'Source IDs of the customers who were invited, separated by commas or as an array. Customers that Voucherify does not know yet are created.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: 'Custom fields of the holders',
				},
			],
		},
	],
	read: (item) => {
		const customers = readTexts(item, 'customers', item.value('customers'));
		if (customers.length === 0)
			throw item.invalid('customers', 'is empty', 'Enter the source ID of at least one customer.');
		return {
			code: readReferral(item),
			body: withoutEmpty({
				holders: customers.map((sourceId) => ({ source_id: sourceId })),
				metadata: item.objectOption('options', 'metadata'),
			}),
		};
	},
	run: async ({ code, body }: Input, run: Run): Promise<readonly OutputItem[]> => {
		const answer = objectOf(
			await run.client.send({
				method: 'POST',
				path: path`/v1/referrals/members/${code}/holders`,
				body,
			}),
		);
		return objectsIn(answer.holders).map((json) => ({ json }));
	},
});
