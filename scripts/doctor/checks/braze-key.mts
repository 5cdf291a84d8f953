import { isRecord } from '../../../nodes/common/record.ts';
import { saidBy } from '../connection.mts';
import type { Opening } from '../doctor.mts';
import { redirected } from './redirect.mts';

/**
 * Whether Braze is there and knows the key, and what it answers to a track request without objects: the credential's test and a node
 * whose every object was refused both rely on that.
 */
export const brazeKey: Opening = {
	question: { method: 'POST', path: '/users/track', body: { attributes: [] } },
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
				`The address does not answer like Braze (status ${reply.status}).`,
				'BRAZE_API_URL is the REST endpoint of your instance, e.g. https://rest.iad-01.braze.com, and not the address of the dashboard.',
			);
		}
		if (reply.status === 401) {
			return closed(
				'Braze does not know this key at this address.',
				'A key belongs to one workspace on one instance: check both. The dashboard shows the REST endpoint under Settings → APIs and Identifiers.',
			);
		}
		if (reply.status === 403) {
			const text = 'The key works, and lacks the permission users.track, which every flow to Braze needs.';
			const advice = 'Make a key with it under Settings → APIs and Identifiers in Braze.';
			return { findings: [{ verdict: 'contradicts', text, advice }], isOpen: true };
		}
		if (reply.status === 400 && service.explain(reply).code === 'nothing_valid') {
			return {
				findings: [
					{ verdict: 'holds', text: 'The key works, and belongs to this instance.' },
					{
						verdict: 'holds',
						text: 'A track request without objects is answered with 400 and the known sentence.',
					},
				],
				isOpen: true,
			};
		}
		if (reply.status === 429 || reply.status >= 500)
			return closed(`Braze could not be examined: ${saidBy(reply, service)}.`, 'Run the doctor again later.');
		return {
			findings: [
				{
					verdict: reply.status < 300 ? 'differs' : 'contradicts',
					text: `A track request without objects is answered differently: ${saidBy(reply, service)}.`,
					sandbox: 'it answers 400, Valid data must be provided',
					advice:
						reply.status < 300
							? undefined
							: "The credential's test fails although the key works, and objects that Braze refuses fail together. Please report the sentence.",
				},
			],
			isOpen: true,
		};
	},
};
