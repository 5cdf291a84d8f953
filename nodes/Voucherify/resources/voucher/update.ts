import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { simplifyVoucher } from './simplifyVoucher';
import { readVoucher, voucherField } from './voucherField';
import { readVoucherSettings, voucherSettingsField } from './voucherSettings';

interface Input {
	readonly code: string;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const update = perItem<Input>({
	name: 'update',
	displayName: 'Update',
	action: 'Update a voucher',
	description: 'Change the validity, the category or the metadata of a voucher',
	fields: [
		voucherField,
		voucherSettingsField(
			'active',
			'additionalInfo',
			'category',
			'expirationDate',
			'metadata',
			'more',
			'startDate',
		),
		simplifyField,
	],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const body = readVoucherSettings(item);
	if (Object.keys(body).length === 0)
		throw item.invalid('settings', 'is empty', 'Add what is to be changed.');
	return { code: readVoucher(item), body, simplify: item.flag('simple') };
}

async function send({ code, body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'PUT',
		path: path`/v1/vouchers/${code}`,
		body,
		repeatable: true,
	});
	const voucher = objectOf(response);
	return [{ json: simplify ? simplifyVoucher(voucher) : voucher }];
}
