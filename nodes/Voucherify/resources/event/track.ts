import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { customerField } from '../customer/customerField';
import { customerBody, readCustomer } from '../customer/customerReference';

const LONGEST_NAME = 300;

export const track = perItem<IDataObject>({
	name: 'track',
	displayName: 'Track',
	action: 'Track a custom event',
	description:
		'Tell Voucherify what a customer did, for example to earn points. An event whose answer was lost is not sent again, because it could count twice.',
	fields: [
		{
			displayName: 'Event',
			name: 'event',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. newsletter_subscribed',
			description: "Name of the custom event, as your project's events have it",
		},
		{
			...customerField,
			description: 'Who did it. A customer that Voucherify does not know yet is created from the source ID.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Loyalty Card',
					name: 'loyalty',
					type: 'string',
					default: '',
					placeholder: 'e.g. LOYAL-8KZ2QW4P',
					description: 'Code of the loyalty card that earns points by the event',
				},
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: 'Properties of the event, as its schema in Voucherify has them',
				},
				{
					displayName: 'Referral Code',
					name: 'referral',
					type: 'string',
					default: '',
					placeholder: 'e.g. FRIEND-8KZ2QW4P',
					description: 'The code by which the customer was invited; the event can be its conversion',
				},
				{
					displayName: 'Referrer ID',
					name: 'referrerId',
					type: 'string',
					default: '',
					placeholder: 'e.g. cust_sehkNIi8Uq2qQuRqSr7xn4Zi',
					description: 'Who invited the customer, where the referral code has several holders',
				},
			],
		},
	],
	read,
	run: async (body, run) => [
		{ json: objectOf(await run.client.send({ method: 'POST', path: '/v1/events', body })) },
	],
});

function read(item: ItemParameters): IDataObject {
	const name = item.requiredText('event', 'Enter the name of the event.');
	if (name.length > LONGEST_NAME) {
		throw item.invalid('event', `has ${name.length} characters`, `Voucherify takes at most ${LONGEST_NAME}.`);
	}
	const referral = item.optionText('options', 'referral');
	const referrerId = item.optionText('options', 'referrerId');
	if (referrerId !== '' && referral === '')
		throw item.invalid('referral', 'is missing', 'Add the referral code that belongs to the referrer.');
	const loyalty = item.optionText('options', 'loyalty');
	return withoutEmpty({
		event: name,
		customer: customerBody(readCustomer(item)),
		referral: referral === '' ? undefined : withoutEmpty({ code: referral, referrer_id: referrerId }),
		loyalty: loyalty === '' ? undefined : { code: loyalty },
		metadata: item.objectOption('options', 'metadata'),
	});
}
