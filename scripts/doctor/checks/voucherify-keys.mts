import { saidBy, succeeded } from '../connection.mts';
import { closed, noEntry, type Opening, type Remedies } from '../opening.mts';

const REMEDIES: Remedies = {
	wrongAddress: 'Choose the region of your project in the credential: Europe, US or Asia.',
	unknownKey: 'Keys belong to one region: check it, the Application ID and the Secret Key.',
};

/** Whether Voucherify is there and knows the keys: one campaign is asked for, as the credential's own test does. */
export const voucherifyKeys: Opening = {
	question: { method: 'GET', path: '/v1/campaigns?limit=1' },
	read: (reply, connection) => {
		if (reply.kind === 'silence') return closed(reply.reason);
		const barred = noEntry(reply, connection, REMEDIES);
		if (barred !== undefined) return barred;
		if (succeeded(reply)) {
			const text = 'The keys work, and belong to this region.';
			return { findings: [{ verdict: 'holds', text }], first: reply };
		}
		const { status } = reply;
		if (status !== 403) return closed(`Voucherify listed no campaign: ${saidBy(reply, connection.service)}.`);
		const text = 'The keys are known, and may not list campaigns.';
		const sandbox = 'its keys may do everything';
		const advice = 'Choose campaigns by ID in the nodes, or give the keys access to campaigns.';
		return { findings: [{ verdict: 'differs', text, sandbox, advice }], first: reply };
	},
};
