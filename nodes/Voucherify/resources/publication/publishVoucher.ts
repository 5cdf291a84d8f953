import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { customerField } from '../customer/customerField';
import { customerKey, readCustomer, type CustomerReference } from '../customer/customerReference';
import { readVoucher, voucherField } from '../voucher/voucherField';
import { firstPublication } from './firstPublication';
import { publicationBody } from './publish';
import { channelOption, metadataOption } from './publicationOptions';
import { simplifyPublication } from './simplifyPublication';

interface Input {
	readonly code: string;
	readonly customer: CustomerReference;
	readonly channel: string;
	readonly metadata: IDataObject;
	readonly simplify: boolean;
}

/** Hands out a code that is known beforehand, instead of the next one of a campaign. */
export const publishVoucher = perItem<Input>({
	name: 'publishVoucher',
	displayName: 'Publish Voucher',
	action: 'Publish a voucher',
	description:
		'Hand out a given code to a customer. A code that another customer holds is refused; the same customer and code count as one publication.',
	fields: [
		{ ...voucherField, description: 'The code to hand out' },
		customerField,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [channelOption, metadataOption],
		},
	],
	read: (item: ItemParameters) => ({
		code: readVoucher(item),
		customer: readCustomer(item),
		channel: item.optionText('options', 'channel'),
		metadata: item.objectOption('options', 'metadata'),
		simplify: item.flag('simple'),
	}),
	run: handOut,
});

async function handOut(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { code, customer, channel, metadata, simplify } = input;
	// Keys of campaigns start with `camp_`, so the two kinds never meet.
	const sourceId = `voucher-${code}:${await customerKey(run, customer)}`;
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/publications',
		body: publicationBody({ customer, sourceId, channel, metadata }, { voucher: code }),
		repeatable: true,
		accept: ['duplicate_source_id'],
	});
	const publication =
		response.errorCode === undefined ? objectOf(response) : await firstPublication(run, sourceId, !simplify);
	return [{ json: simplify ? simplifyPublication(publication) : publication }];
}
