import type { Check } from '../check.mts';
import type { Answer } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** Calls a minute by plan, from Voucherify's pages on limits; the Sandbox project has 100 an hour. */
const PLANS: Readonly<Record<number, string>> = { 100: 'Business', 2000: 'Organization' };

/** What the plan allows, and how long a large run takes with it. */
export const voucherifyPlan: Check = {
	title: 'Plan',
	examine: (_connection, first) => Promise.resolve(readPlan(first)),
};

/** Reads the plan's limits from the headers; nothing when there are none. */
export function readPlan({ headers, receivedAt }: Answer): Finding[] {
	const limit = Number(headers['x-rate-limit-limit']);
	if (!(limit > 0)) return [];
	const type = headers['x-rate-limit-type'];
	if (type === 'api_calls_cycle') {
		return [
			{
				verdict: 'differs',
				text: `The limit that binds is the billing cycle's: ${limit} calls, of which ${headers['x-rate-limit-remaining'] ?? '?'} are left.`,
				sandbox: 'it counts by the minute',
				advice:
					'A call refused for this is not tried again. Publish to fewer customers, or have the plan raised.',
			},
		];
	}
	const wait = Number(headers['x-rate-limit-retry']) * 1000 - receivedAt;
	if (wait > 2 * 60_000) {
		return [
			{
				verdict: 'differs',
				text: `${limit} calls an hour: this is a Sandbox project.`,
				sandbox: 'it counts by the minute',
				advice: `It is meant for trying things out: more than ${limit} customers take hours.`,
			},
		];
	}
	const plan = PLANS[limit];
	return [
		{
			verdict: 'holds',
			text: `${limit} calls a minute${plan === undefined ? '' : `, as in the plan "${plan}"`}: a code each for 10,000 customers takes about ${Math.ceil(10_000 / limit)} min.`,
		},
	];
}
