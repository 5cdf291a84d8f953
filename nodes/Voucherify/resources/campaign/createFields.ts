import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { waitOptionsIfWaiting } from '../../../common/polling';
import { asRecord } from '../../../common/record';
import { codeConfigField, readCodeConfig } from '../../codeConfig';
import { simplifyField } from '../../pagingFields';
import { readWorth, worthFields, type Worth } from '../voucher/worthFields';
import { campaignSettingsFields, moreField, readCampaignSettings } from './campaignSettings';

const TYPES = [
	'DISCOUNT_COUPONS',
	'GIFT_VOUCHERS',
	'LOYALTY_PROGRAM',
	'PROMOTION',
	'REFERRAL_PROGRAM',
] as const;
type CampaignType = (typeof TYPES)[number];

/** What kind of vouchers each type of campaign holds; promotions hold none. */
const VOUCHER_TYPES: Readonly<Record<Exclude<CampaignType, 'PROMOTION'>, Worth['type']>> = {
	DISCOUNT_COUPONS: 'DISCOUNT_VOUCHER',
	GIFT_VOUCHERS: 'GIFT_VOUCHER',
	LOYALTY_PROGRAM: 'LOYALTY_CARD',
	REFERRAL_PROGRAM: 'DISCOUNT_VOUCHER',
};

/** The most codes that the form lets a campaign start with. */
const MOST_CODES = 10_000_000;

const withCodes: NonNullable<INodeProperties['displayOptions']> = { hide: { campaignType: ['PROMOTION'] } };

/** The form of a new campaign. */
export const createFields: readonly INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Summer Sale',
		description: 'The name of the campaign, which no other campaign has',
	},
	{
		displayName: 'Campaign Type',
		name: 'campaignType',
		type: 'options',
		options: [
			{ name: 'Discount Coupons', value: 'DISCOUNT_COUPONS' },
			{ name: 'Gift Vouchers', value: 'GIFT_VOUCHERS' },
			{ name: 'Loyalty Program', value: 'LOYALTY_PROGRAM' },
			{ name: 'Promotion', value: 'PROMOTION', description: 'Discounts without codes' },
			{ name: 'Referral Program', value: 'REFERRAL_PROGRAM' },
		],
		default: 'DISCOUNT_COUPONS',
	},
	{
		displayName: 'Codes',
		name: 'codes',
		type: 'options',
		options: [
			{
				name: 'Auto-Update',
				value: 'AUTO_UPDATE',
				description: 'Codes are made when they are needed, and never run out',
			},
			{ name: 'Fixed Number', value: 'STATIC', description: 'Codes are made in advance and can run out' },
			{ name: 'Standalone', value: 'STANDALONE', description: 'One generic code for everybody' },
		],
		default: 'AUTO_UPDATE',
		displayOptions: withCodes,
	},
	{
		displayName: 'Number of Codes',
		name: 'vouchersCount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many codes to make at once',
		displayOptions: { show: { codes: ['STATIC', 'AUTO_UPDATE'] }, ...withCodes },
	},
	...worthFields({
		discount: { campaignType: ['DISCOUNT_COUPONS', 'REFERRAL_PROGRAM'] },
		gift: { campaignType: ['GIFT_VOUCHERS'] },
		loyalty: { campaignType: ['LOYALTY_PROGRAM'] },
	}),
	{
		displayName: 'Referral Program (JSON)',
		name: 'referralProgram',
		type: 'json',
		default: '{"conversion_event_type": "redemption"}',
		description: "What counts as a referral and what the referrer gets, as Voucherify's API has it",
		displayOptions: { show: { campaignType: ['REFERRAL_PROGRAM'] } },
	},
	{
		displayName: 'Promotion (JSON)',
		name: 'promotion',
		type: 'json',
		default:
			'{"tiers": [{"name": "10% off", "banner": "10% off everything", "action": {"discount": {"type": "PERCENT", "percent_off": 10}}}]}',
		description: "The tiers of the promotion, as Voucherify's API has them",
		displayOptions: { show: { campaignType: ['PROMOTION'] } },
	},
	{ ...codeConfigField, displayOptions: withCodes },
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		options: [
			...campaignSettingsFields,
			moreField,
			{
				displayName: 'Redemption Limit',
				name: 'redemptionLimit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description: 'How many times each code can be redeemed; without limit when not set',
			} satisfies INodeProperties,
		].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	},
	simplifyField,
	{
		displayName: 'Wait for Codes',
		name: 'waits',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait until Voucherify has made the campaign and its codes, which it does in its own time',
	},
	waitOptionsIfWaiting,
];

/** Reads the form of a new campaign as a request body. */
export function readNewCampaign(item: ItemParameters): IDataObject {
	const type = item.choice('campaignType', TYPES);
	const more = item.objectOption('settings', 'more');
	const base = {
		name: item.requiredText('name', 'Enter a name for the campaign.'),
		campaign_type: type,
		...readCampaignSettings(item),
	};
	if (type === 'PROMOTION') return { ...base, promotion: item.object('promotion'), ...more };
	const codes = item.choice('codes', ['STATIC', 'AUTO_UPDATE', 'STANDALONE']);
	const count = codes === 'STANDALONE' ? 1 : item.count('vouchersCount', 0, MOST_CODES);
	if (codes === 'STATIC' && count === 0)
		throw item.invalid(
			'vouchersCount',
			'is 0',
			'Enter how many codes the campaign has, or choose other codes.',
		);
	return {
		...base,
		type: codes,
		...(count > 0 ? { vouchers_count: count } : {}),
		...(type === 'REFERRAL_PROGRAM' ? { referral_program: item.object('referralProgram') } : {}),
		...more,
		voucher: { ...readTemplate(item, type), ...asRecord(more.voucher) },
	};
}

/** What all codes of the campaign have in common. */
function readTemplate(item: ItemParameters, type: keyof typeof VOUCHER_TYPES): IDataObject {
	const { type: voucherType, incentive } = readWorth(item, VOUCHER_TYPES[type]);
	const limit = item.optionCount('settings', 'redemptionLimit', 1, 2_147_483_647);
	const format = readCodeConfig(item);
	return {
		type: voucherType,
		...incentive,
		...(type === 'REFERRAL_PROGRAM' ? { is_referral_code: true } : {}),
		...(limit === undefined ? {} : { redemption: { quantity: limit } }),
		...(Object.keys(format).length === 0 ? {} : { code_config: format }),
	};
}
