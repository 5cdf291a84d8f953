import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { codeConfigField, readCodeConfig } from '../../codeConfig';
import { simplifyField } from '../../pagingFields';
import { simplifyVoucher } from './simplifyVoucher';
import { readVoucherSettings, voucherSettingsField } from './voucherSettings';
import { readVoucherWorth, voucherWorthFields } from './worthFields';

interface Input {
	/** Empty for a generated one. */
	readonly code: string;
	readonly body: IDataObject;
	readonly simplify: boolean;
}

export const create = perItem<Input>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a voucher',
	description:
		'Create a voucher that belongs to no campaign, with a given or a generated code. For codes of a campaign, use Campaign: Add Vouchers.',
	fields: [
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			placeholder: 'e.g. WELCOME-ADA',
			hint: 'Empty: a generated code',
		},
		...voucherWorthFields,
		{ ...codeConfigField, displayOptions: { show: { code: [''] } } },
		voucherSettingsField(
			'active',
			'additionalInfo',
			'category',
			'expirationDate',
			'metadata',
			'more',
			'redemptionLimit',
			'startDate',
		),
		simplifyField,
	],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const code = item.text('code');
	const { type, incentive } = readVoucherWorth(item);
	return {
		code,
		body: {
			type,
			...incentive,
			...readVoucherSettings(item),
			...(code === '' ? { code_config: readCodeConfig(item) } : {}),
		},
		simplify: item.flag('simple'),
	};
}

async function send({ code, body, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'POST',
		path: code === '' ? '/v1/vouchers' : path`/v1/vouchers/${code}`,
		body,
	});
	const voucher = objectOf(response);
	return [{ json: simplify ? simplifyVoucher(voucher) : voucher }];
}
