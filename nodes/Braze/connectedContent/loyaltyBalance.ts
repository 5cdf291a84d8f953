import { cardCode, type WithCode } from './codeOfProfile';
import { assembled, kept, type Snippet } from './snippet';
import { callVoucherify, warningsOf } from './voucherify';

/** Fetches the points on the loyalty card whose code is on the profile. */
export function loyaltyBalance(input: WithCode): Snippet {
	const { variable } = input.manners;
	const { prepared, needed, inUrl } = cardCode(input);
	return assembled(
		{
			title: 'Fetches the balance of a loyalty card from Voucherify.',
			prepared,
			needed,
			calls: [
				// A card is a voucher: the same answer as that of /v1/loyalties/members, which is deprecated.
				callVoucherify(input, { method: 'get', path: `/v1/vouchers/${inUrl}`, save: `${variable}_answer` }),
				...kept(variable, `${variable}_answer.code == card_code`),
			],
			// A balance of 0 is one.
			succeeded: `${variable}.loyalty_card.balance`,
			shows: `{{${variable}.loyalty_card.balance}}`,
			warnings: [
				...(input.manners.cacheFor === 'none'
					? []
					: [`The balance may be up to ${input.manners.cacheFor} seconds old, from the cache.`]),
				...warningsOf(input),
			],
		},
		input.manners,
	);
}
