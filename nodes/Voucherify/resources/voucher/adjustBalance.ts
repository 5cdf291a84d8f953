import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { asRecord } from '../../../common/record';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { hundredths } from '../../money';
import { transactionOptionsField } from '../../transactionOptionsField';
import { readVoucher, voucherField } from './voucherField';

interface Input {
	readonly code: string;
	readonly balance: 'gift' | 'loyalty_card';
	/** Hundredths of the currency unit, or points. */
	readonly amount: number;
	readonly sourceId: string;
	readonly reason: string;
}

const KINDS = { gift: 'gift card', loyalty_card: 'loyalty card' } as const;

/** More points than Voucherify can count in one step. */
const MOST_POINTS = 2_147_483_647;

export const adjustBalance = perItem<Input>({
	name: 'adjustBalance',
	displayName: 'Adjust Balance',
	action: 'Adjust the balance of a voucher',
	description:
		'Add credits to a gift card or points to a loyalty card, or take them away. Running it twice adds twice: an answer that is lost is not asked for again, and the item fails as uncertain.',
	fields: [
		voucherField,
		{
			displayName: 'Balance',
			name: 'balance',
			type: 'options',
			options: [
				{ name: 'Gift Credits', value: 'gift', description: 'An amount of money, in currency units' },
				{ name: 'Loyalty Points', value: 'loyalty_card', description: 'Whole points' },
			],
			default: 'gift',
			description: 'What to add. A voucher of the other kind is refused.',
		},
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'number',
			typeOptions: { numberPrecision: 2 },
			default: 10,
			description: 'How much money to add, in currency units such as euros; less than zero takes it away',
			displayOptions: { show: { balance: ['gift'] } },
		},
		{
			displayName: 'Points',
			name: 'points',
			type: 'number',
			default: 100,
			description: 'How many points to add; less than zero takes them away',
			displayOptions: { show: { balance: ['loyalty_card'] } },
		},
		transactionOptionsField,
	],
	read,
	run: adjust,
});

function read(item: ItemParameters): Input {
	const balance = item.choice('balance', ['gift', 'loyalty_card']);
	const field = balance === 'gift' ? 'amount' : 'points';
	const amount =
		balance === 'gift'
			? hundredths(item, field, item.value(field))
			: item.count(field, -MOST_POINTS, MOST_POINTS);
	if (amount === 0)
		throw item.invalid(field, 'is 0', 'Enter how much to add, or less than zero to take away.');
	return {
		code: readVoucher(item),
		balance,
		amount,
		sourceId: item.optionText('options', 'sourceId'),
		reason: item.optionText('options', 'reason'),
	};
}

async function adjust(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { code, balance, amount, sourceId, reason } = input;
	await refuseOtherKind(run, code, balance);
	const body: IDataObject = {
		amount,
		...(sourceId === '' ? {} : { source_id: sourceId }),
		...(reason === '' ? {} : { reason }),
	};
	const response = await run.client.send({ method: 'POST', path: path`/v1/vouchers/${code}/balance`, body });
	return [{ json: { voucher: code, ...objectOf(response) } }];
}

/** Voucherify adds to whatever balance there is: ten euros would become a thousand points. */
async function refuseOtherKind(run: Run, code: string, balance: Input['balance']): Promise<void> {
	const voucher = objectOf(await run.client.send({ method: 'GET', path: path`/v1/vouchers/${code}` }));
	if (asRecord(voucher[balance]) !== undefined) return;
	const other = balance === 'gift' ? 'loyalty_card' : 'gift';
	const is = asRecord(voucher[other]) === undefined ? 'has no balance' : `is a ${KINDS[other]}`;
	throw new Failure({
		message: `The voucher "${code}" is no ${KINDS[balance]}: it ${is}`,
		description: 'Nothing was added. Choose the other balance, or another voucher.',
		code: 'wrong_voucher_type',
	});
}
