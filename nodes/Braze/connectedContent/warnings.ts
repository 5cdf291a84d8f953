import type { Manners } from './snippet';

/** What Braze's Connected Content does that people don't expect; a sentence or two each. */

export const SHARED_CODE =
	'This source_id has no user in it: everybody who gets the message gets one and the same code, which Voucherify publishes to the first of them.';

export const JOIN_ONCE =
	'If customers can join the Voucherify campaign only once, choose "User (Join Once)": with a source_id, Voucherify refuses everybody who has a code already.';

export const ONE_CODE_A_MESSAGE =
	'Voucherify answers a source_id it knows with its first code, whatever the campaign. If one message shows codes of two campaigns, give the second snippet a Source ID Suffix and a variable of its own.';

export const NO_SEND_OUT_ID =
	'In-app messages have no dispatch_id, so there no call is made. A test message is a send-out of its own and gets another code.';

export const CODE_ON_PROFILE =
	'The code is the one in the custom attribute of the profile, whoever holds it in Voucherify: keep the attribute up to date.';

/** For points and credits: the answer to a second call is a second addition. */
export function addsEachTime(what: string): string {
	return `Each call adds ${what}, and Braze may call two or three times for one message: for its HTML, text and AMP parts, for previews and test messages. The snippet lets Braze cache the answer and has no :retry, which makes a second addition rarer, but does not rule it out. Where it must not happen, add ${what} by a webhook step of a Canvas, or in n8n with the Braze Trigger and the Voucherify node, and only show the balance in the message.`;
}

/** What holds for every snippet. */
export function general({ cacheFor, retry, onFailure }: Manners): readonly string[] {
	const instead = 'abort' in onFailure ? 'is not sent' : 'shows the text instead';
	return [
		cacheFor === 'none'
			? 'Without the cache, Braze calls anew for every part of a message (HTML, text, AMP) and every test: count on two or three calls a message.'
			: 'Leave cache_id in the URL: Braze caches by the URL and not by the user, and without it everybody gets the answer for the first one.',
		retry
			? `With :retry, Braze tries a call five times and then does not send the message. In-app messages have no :retry: without an answer within 2 seconds the message ${instead}.`
			: `Braze waits 2 seconds for the answer and does not try again: without one the message ${instead}.`,
		'Braze makes the calls as fast as it sends. Limit the sending speed of the campaign to what can be answered.',
		'The answer is known in one field of a message only: paste the snippet into each (subject, body …) that shows it.',
	];
}

export const KEYS_SHOW =
	'Everybody who can edit messages in Braze sees the keys in the snippet. Make an application key in Voucherify for this alone, so that it can be replaced.';

export const SECRET_SHOWS =
	'Everybody who can edit messages in Braze sees the secret in the snippet. Use one that opens nothing else.';
