import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { simplifyField } from '../../pagingFields';
import { customerField } from '../customer/customerField';
import { customerBody, readCustomer } from '../customer/customerReference';
import { programField, readProgram } from './programField';
import { simplifyMember } from './simplifyMember';

interface Input {
	readonly program: string;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const addMember = perItem<Input>({
	name: 'addMember',
	displayName: 'Add Member',
	action: 'Add a member to a loyalty program',
	description:
		'Give a customer a loyalty card; a customer who has one already gets the same one, never a second',
	fields: [
		programField,
		{
			...customerField,
			description: 'Who joins. A customer that Voucherify does not know yet is created from the source ID.',
		},
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Channel',
					name: 'channel',
					type: 'string',
					default: '',
					placeholder: 'e.g. Braze',
					description: 'How the card reaches the customer, for the statistics in Voucherify',
				},
				{
					displayName: 'Code',
					name: 'voucher',
					type: 'string',
					default: '',
					placeholder: 'e.g. LOYAL-8KZ2QW4P',
					description: 'A loyalty card of the program that nobody has yet; otherwise Voucherify chooses one',
				},
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: "Custom fields of the publication, as your project's metadata schema has them",
				},
			],
		},
	],
	read: (item) => ({
		program: readProgram(item),
		body: withoutEmpty({
			customer: customerBody(readCustomer(item)),
			channel: item.optionText('options', 'channel'),
			voucher: item.optionText('options', 'voucher'),
			metadata: item.objectOption('options', 'metadata'),
		}),
		simplify: item.flag('simple'),
	}),
	run: async ({ program, body, simplify }, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: path`/v1/loyalties/${program}/members`,
			body,
			// Loyalty programs give a customer one card only; a chosen card that is given already is refused.
			repeatable: body.voucher === undefined,
		});
		const member = objectOf(response);
		return [{ json: simplify ? simplifyMember(member) : member }];
	},
});
