import { cardCode, type WithCode } from './codeOfProfile';
import { assembled, type Snippet } from './snippet';
import { trimmed } from './tag';
import { ifUsable } from './usableVoucher';
import { callVoucherify, warningsOf } from './voucherify';
import { CODE_ON_PROFILE } from './warnings';

/** Shows the code that is on the profile once more, while it can be used. */
export function resendCode(input: WithCode): Snippet {
	const { variable } = input.manners;
	const { prepared, needed, inUrl } = cardCode(input);
	const voucher = `${variable}_answer`;
	const redeemed = `${voucher}.redemption.redeemed_quantity`;
	const quantity = `${voucher}.redemption.quantity`;
	return assembled(
		{
			title: 'Looks up the code on the profile in Voucherify, to show it while it can be used.',
			prepared,
			needed,
			calls: [
				callVoucherify(input, { method: 'get', path: `/v1/vouchers/${inUrl}`, save: voucher }),
				// An error of Voucherify has a code as well, which is 404.
				...ifUsable(voucher, `${voucher}.code == card_code`, [
					trimmed(`if ${quantity} == nil or ${redeemed} < ${quantity}`),
					trimmed(`assign ${variable} = ${voucher}.code`),
					trimmed('endif'),
				]),
			],
			succeeded: variable,
			shows: `{{${variable}}}`,
			warnings: [CODE_ON_PROFILE, ...warningsOf(input)],
		},
		input.manners,
	);
}
