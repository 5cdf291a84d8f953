import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { codeConfigField, readCodeConfig } from '../../codeConfig';
import { simplifyField } from '../../pagingFields';
import { actionIdOf, endOf, failureOfAction } from '../asyncAction/asyncActionJob';
import { simplifyVoucher } from '../voucher/simplifyVoucher';
import { readVoucherSettings, voucherSettingsField } from '../voucher/voucherSettings';
import { anyCampaignField, readCampaign } from './anyCampaignField';

interface Input {
	readonly campaign: string;
	/** Empty for generated ones. */
	readonly code: string;
	readonly count: number;
	readonly body: IDataObject;
	readonly waits: boolean;
	/** In ms. */
	readonly longestWait: number;
	readonly simplify: boolean;
}

/** More codes than Voucherify makes in one go. */
const MOST_CODES = 1_000_000;

export const addVouchers = perItem<Input>({
	name: 'addVouchers',
	displayName: 'Add Vouchers',
	action: 'Add vouchers to a campaign',
	description:
		'Add one given code to a campaign, or any number of generated ones. For many given codes, use Import Vouchers.',
	fields: [
		anyCampaignField,
		{
			displayName: 'Codes',
			name: 'codes',
			type: 'options',
			options: [
				{ name: 'Generated', value: 'generated', description: 'Voucherify makes them up' },
				{ name: 'Given', value: 'given', description: 'The one that you enter' },
			],
			default: 'generated',
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. SUMMER-ADA',
			displayOptions: { show: { codes: ['given'] } },
		},
		{
			displayName: 'Number of Codes',
			name: 'count',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description:
				'How many codes to add. More than one are made in the background, and do not come out as items.',
			displayOptions: { show: { codes: ['generated'] } },
		},
		{ ...codeConfigField, displayOptions: { show: { codes: ['generated'] } } },
		voucherSettingsField(
			'additionalInfo',
			'category',
			'expirationDate',
			'metadata',
			'more',
			'redemptionLimit',
			'startDate',
		),
		simplifyField,
		{
			displayName: 'Wait Until Done',
			name: 'waits',
			type: 'boolean',
			default: true,
			description: 'Whether to wait until several codes have been made',
			displayOptions: { show: { codes: ['generated'] } },
		},
		{ ...waitOptionsField, displayOptions: { show: { codes: ['generated'], waits: [true] } } },
	],
	read,
	run: send,
});

function read(item: ItemParameters): Input {
	const given = item.choice('codes', ['generated', 'given']) === 'given';
	const format = given ? {} : readCodeConfig(item);
	return {
		campaign: readCampaign(item),
		code: given ? item.requiredText('code', 'Enter a code that no voucher has yet.') : '',
		count: given ? 1 : item.count('count', 1, MOST_CODES),
		body: {
			...readVoucherSettings(item),
			...(Object.keys(format).length === 0 ? {} : { code_config: format }),
		},
		waits: !given && item.flag('waits'),
		longestWait: readLongestWait(item),
		simplify: item.flag('simple'),
	};
}

async function send(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { campaign, code, count, body, simplify } = input;
	const response = await run.client.send({
		method: 'POST',
		path:
			code === ''
				? path`/v1/campaigns/${campaign}/vouchers`
				: path`/v1/campaigns/${campaign}/vouchers/${code}`,
		query: { vouchers_count: code === '' ? count : undefined },
		body,
	});
	if (response.status === 202) return await added(input, actionIdOf(response), run);
	const voucher = objectOf(response);
	return [{ json: simplify ? simplifyVoucher(voucher) : voucher }];
}

async function added(
	{ campaign, count, waits, longestWait }: Input,
	asyncActionId: string,
	run: Run,
): Promise<readonly OutputItem[]> {
	if (waits) {
		const failure = failureOfAction(await endOf(run, asyncActionId, longestWait));
		if (failure !== undefined) throw failure;
	}
	return [{ json: { campaign, count, done: waits, asyncActionId } }];
}
