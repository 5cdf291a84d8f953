import { InvalidInput } from '../../common/failure';
import { callId } from './codeOfProfile';
import { readProfile } from './profileField';
import { assembled, captured, kept, type Snippet } from './snippet';
import type { MessageForm } from './sourceId';
import { jsonBody, Variable } from './tag';
import { callVoucherify, type ForVoucherify, warningsOf } from './voucherify';
import { addsEachTime, NO_SEND_OUT_ID } from './warnings';

export interface LoyaltyPoints extends ForVoucherify {
	readonly message: MessageForm;
	/** Name of the custom event that an earning rule waits for. */
	readonly event: string;
}

/** Sends the custom event of an earning rule. Each event earns: the answer is cached as the snippet says, and nothing is tried again. */
export function addLoyaltyPoints(input: LoyaltyPoints): Snippet {
	const manners = { ...input.manners, retry: false };
	const { variable } = manners;
	const { event, message, customer } = input;
	if (event === '')
		throw new InvalidInput(
			'Event',
			'is empty',
			'Enter the name of the custom event in the earning rule of the loyalty program.',
		);
	const call = callId(message, event);
	const body = jsonBody({ event, customer: { source_id: new Variable('customer_id') } });
	return assembled(
		{
			title: 'Sends a custom event to Voucherify, which earns loyalty points each time.',
			prepared: [readProfile('customer_id', customer, 'Customer Attribute'), ...call.prepared],
			// Without the send-out, the cache would take a second campaign for the first.
			needed: ['customer_id', 'dispatch_id'],
			calls: [
				captured(`${variable}_body`, body),
				callVoucherify(
					{ ...input, manners },
					{
						method: 'post',
						path: `/v1/events?${call.cacheId}`,
						body: `${variable}_body`,
						save: `${variable}_answer`,
					},
				),
				...kept(variable, `${variable}_answer.object == 'event'`),
			],
			succeeded: `${variable}.customer.id`,
			// The answer says nothing about points.
			shows: '',
			warnings: [
				addsEachTime('points'),
				'The answer does not hold the points: show them with a second snippet, Fetch Loyalty Balance.',
				NO_SEND_OUT_ID,
				...warningsOf({ ...input, manners }),
			],
		},
		manners,
	);
}
