import type { Check } from '../check.mts';
import type { Answer } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** The nodes take the end of a rate limit from the service's clock and wait by this one's; a difference below this does no harm. */
const HARMLESS_MS = 10_000;
/** From here on events lie visibly in the future or in the past. */
const HARMFUL_MS = 60_000;

/** Whether this machine's clock and the service's agree. */
export const clock: Check = {
	title: 'Clock',
	examine: (_connection, first) => Promise.resolve([readClock(first)]),
};

/** Compares the Date header with the time between question and answer. */
export function readClock({ headers, sentAt, receivedAt }: Answer): Finding {
	const theirs = Date.parse(headers.date ?? '');
	if (Number.isNaN(theirs)) return { verdict: 'unknown', text: 'The service does not say what time it is.' };
	// The header has whole seconds, cut off.
	const ahead = sentAt > theirs + 999 ? sentAt - theirs - 999 : receivedAt < theirs ? receivedAt - theirs : 0;
	if (Math.abs(ahead) < HARMLESS_MS)
		return { verdict: 'holds', text: "This machine's clock agrees with the service's." };
	const seconds = Math.round(Math.abs(ahead) / 1000);
	return {
		verdict: Math.abs(ahead) < HARMFUL_MS ? 'differs' : 'contradicts',
		text: `This machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the service's.`,
		advice:
			'Let the machine that runs n8n set its clock by NTP: waits for rate limits and the times of events depend on it.',
	};
}
