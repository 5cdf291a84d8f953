import { callId } from './codeOfProfile';
import { queryValue } from './escaping';
import { readProfile } from './profileField';
import { assembled, type Snippet } from './snippet';
import type { MessageForm } from './sourceId';
import { inQuery, trimmed } from './tag';
import { ifUsable } from './usableVoucher';
import { callVoucherify, type ForVoucherify, warningsOf } from './voucherify';

export interface UnusedCoupons extends ForVoucherify {
	readonly message: MessageForm;
	/** Name or ID of the Voucherify campaign whose coupons are listed; empty for those of all campaigns. */
	readonly campaign: string;
}

/** What Voucherify lists at most on one page. */
const MOST = 100;

/** Lists the coupons of the user that can be used: published to them, active, not expired, never redeemed. */
export function unusedCoupons(input: UnusedCoupons): Snippet {
	const { campaign, customer, message, manners } = input;
	const { variable } = manners;
	const call = callId(message, '');
	const filter = campaign.startsWith('camp_') ? 'campaign_id' : 'campaign';
	const query = [
		`customer=${inQuery('customer_id')}`,
		...(campaign === '' ? [] : [`${filter}=${queryValue('Campaign', campaign)}`]),
		`limit=${MOST}`,
		call.cacheId,
	];
	return assembled(
		{
			title: 'Lists the coupons in Voucherify that the user has not used.',
			prepared: [readProfile('customer_id', customer, 'Customer Attribute'), ...call.prepared],
			needed: ['customer_id'],
			calls: [
				callVoucherify(input, {
					method: 'get',
					path: `/v1/vouchers?${query.join('&')}`,
					save: `${variable}_answer`,
				}),
				trimmed(`assign ${variable}_codes = ''`),
				trimmed(`for coupon in ${variable}_answer.vouchers`),
				// A referral code is for others, and cards are no coupons.
				trimmed(`if coupon.type == 'DISCOUNT_VOUCHER' and coupon.is_referral_code != true`),
				...ifUsable('coupon', 'coupon.redemption.redeemed_quantity == 0', [
					trimmed(`assign ${variable}_codes = ${variable}_codes | append: coupon.code | append: ', '`),
				]),
				trimmed('endif'),
				trimmed('endfor'),
				// What an empty text splits into differs between versions of Liquid.
				trimmed(`if ${variable}_codes != ''`),
				trimmed(`assign ${variable} = ${variable}_codes | split: ', '`),
				trimmed('endif'),
			],
			succeeded: variable,
			shows: `{{${variable} | join: ', '}}`,
			warnings: [`The snippet looks at the ${MOST} newest codes of a customer.`, ...warningsOf(input)],
		},
		manners,
	);
}
