import { isRecord } from '../../../nodes/common/record.ts';
import { saidBy } from '../connection.mts';
import type { Opening } from '../doctor.mts';
import { redirected } from './redirect.mts';

/** Whether Voucherify is there and knows the keys: one campaign is asked for, as the credential's own test does. */
export const voucherifyKeys: Opening = {
	question: { method: 'GET', path: '/v1/campaigns?limit=1' },
	read: (reply, { service, url }) => {
		const closed = (text: string, advice?: string) => ({
			findings: [{ verdict: 'contradicts' as const, text, advice }],
			isOpen: false,
		});
		if (reply.kind === 'silence') return closed(reply.reason);
		const moved = redirected(reply, url);
		if (moved !== undefined) return { findings: [moved], isOpen: false };
		if (!isRecord(reply.body)) {
			return closed(
				`The address does not answer like Voucherify (status ${reply.status}).`,
				'Choose the region of your project in the credential: Europe, US or Asia.',
			);
		}
		if (reply.status === 401) {
			return closed(
				'Voucherify does not accept these keys at this address.',
				'Keys belong to one region: check it, the Application ID and the Secret Key.',
			);
		}
		if (reply.status === 403) {
			const text = 'The keys are known, and may not list campaigns.';
			const advice = 'Choose campaigns by ID in the nodes, or give the keys access to campaigns.';
			return {
				findings: [{ verdict: 'differs', text, sandbox: 'its keys may do everything', advice }],
				isOpen: true,
			};
		}
		if (reply.status >= 300) return closed(`Voucherify did not list a campaign: ${saidBy(reply, service)}.`);
		return {
			findings: [{ verdict: 'holds', text: 'The keys work, and belong to this region.' }],
			isOpen: true,
		};
	},
};
