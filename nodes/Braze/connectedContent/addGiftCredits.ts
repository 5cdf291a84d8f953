import { cardCode, type WithCode } from './codeOfProfile';
import { assembled, captured, kept, type Snippet } from './snippet';
import { jsonBody, Variable } from './tag';
import { callVoucherify, warningsOf } from './voucherify';
import { addsEachTime, NO_SEND_OUT_ID } from './warnings';

export interface GiftCredits extends WithCode {
	/** In hundredths of the currency. */
	readonly amount: number;
}

/**
 * Adds credits to the gift card whose code is on the profile. Voucherify adds at every call: the answer is cached as the snippet says,
 * nothing is tried again, and the `source_id` of the transactions shows which of them are one message.
 */
export function addGiftCredits(input: GiftCredits): Snippet {
	const manners = { ...input.manners, retry: false };
	const { variable } = manners;
	const { prepared, needed, inUrlWith } = cardCode(input, String(input.amount));
	const body = jsonBody({
		amount: input.amount,
		source_id: new Variable('call_id'),
		reason: 'Braze Connected Content',
	});
	return assembled(
		{
			title: 'Adds credits to a gift card in Voucherify, each time that it is called.',
			prepared,
			// Without the send-out, the cache would take a second campaign for the first.
			needed: [...needed, 'dispatch_id'],
			calls: [
				captured(`${variable}_body`, body),
				callVoucherify(
					{ ...input, manners },
					{
						method: 'post',
						path: `/v1/vouchers/${inUrlWith('/balance')}`,
						body: `${variable}_body`,
						save: `${variable}_answer`,
					},
				),
				...kept(variable, `${variable}_answer.object == 'balance'`),
			],
			succeeded: `${variable}.balance`,
			shows: `{{${variable}.balance | divided_by: 100.00 | money}}`,
			warnings: [addsEachTime('credits'), NO_SEND_OUT_ID, ...warningsOf({ ...input, manners })],
		},
		manners,
	);
}
