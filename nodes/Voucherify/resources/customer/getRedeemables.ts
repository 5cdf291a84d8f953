import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { path } from '../../../common/urlPath';
import { readCursorPages } from '../../cursorPages';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { simplifyVoucher } from '../voucher/simplifyVoucher';
import { readOrder, transactionOrderField } from '../voucher/transactionOrderField';
import { anyCustomerField, readCustomerId } from './anyCustomerField';

interface Input {
	readonly id: string;
	readonly wanted: number;
	readonly order: string;
	readonly simplify: boolean;
}

export const getRedeemables = perItem<Input>({
	name: 'getRedeemables',
	displayName: 'Get Redeemables',
	action: 'Get the redeemables of a customer',
	description: 'List the codes that a customer holds: coupons, gift cards, loyalty cards and referral codes',
	fields: [anyCustomerField, ...pagingFields, transactionOrderField, simplifyField],
	read: (item) => ({
		id: readCustomerId(item),
		wanted: readWanted(item),
		order: readOrder(item),
		simplify: item.flag('simple'),
	}),
	run: async ({ id, wanted, order, simplify }, run) => {
		const list = { path: path`/v1/customers/${id}/redeemables`, query: { order } };
		const redeemables = await readCursorPages(run.client, list, wanted);
		return redeemables.map((redeemable) => ({ json: simplify ? simplified(redeemable) : redeemable }));
	},
});

function simplified(redeemable: IDataObject): IDataObject {
	const { redeemable: held, ...rest } = redeemable;
	const voucher = asRecord(asRecord(held)?.voucher);
	return voucher === undefined ? redeemable : { ...rest, voucher: simplifyVoucher(voucher) };
}
