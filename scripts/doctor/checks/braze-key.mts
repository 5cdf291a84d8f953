import { saidBy } from '../connection.mts';
import type { Finding } from '../finding.mts';
import { closed, noEntry, type Opening, type Remedies } from '../opening.mts';

const REMEDIES: Remedies = {
	wrongAddress:
		'BRAZE_API_URL is the REST endpoint of your instance, e.g. https://rest.iad-01.braze.com, and not the address of the dashboard.',
	unknownKey:
		'A key belongs to one workspace on one instance: check both. The dashboard shows the REST endpoint under Settings → APIs and Identifiers.',
};

const NO_PERMISSION: Finding = {
	verdict: 'contradicts',
	text: 'The key works, and lacks the permission users.track, which every flow to Braze needs.',
	advice: 'Make a key with it under Settings → APIs and Identifiers in Braze.',
};

const AS_EXPECTED: readonly Finding[] = [
	{ verdict: 'holds', text: 'The key works, and belongs to this instance.' },
	{
		verdict: 'holds',
		text: 'A track request without objects is answered with 400 and the known sentence.',
	},
];

/**
 * Whether Braze is there and knows the key, and what it answers to a track request without objects: the credential's test and a node
 * whose every object was refused both rely on that.
 */
export const brazeKey: Opening = {
	question: { method: 'POST', path: '/users/track', body: { attributes: [] } },
	read: (reply, connection) => {
		const { service } = connection;
		if (reply.kind === 'silence') return closed(reply.reason);
		const barred = noEntry(reply, connection, REMEDIES);
		if (barred !== undefined) return barred;
		const { status } = reply;
		if (status === 403) return { findings: [NO_PERMISSION], first: reply };
		if (status === 400 && service.explain(reply).code === 'nothing_valid')
			return { findings: AS_EXPECTED, first: reply };
		if (status === 429 || status >= 500)
			return closed(`Braze could not be examined: ${saidBy(reply, service)}.`, 'Run the doctor again later.');
		const text = `A track request without objects is answered differently: ${saidBy(reply, service)}.`;
		const sandbox = 'it answers 400, Valid data must be provided';
		if (status < 300) return { findings: [{ verdict: 'differs', text, sandbox }], first: reply };
		const advice =
			"The credential's test fails although the key works, and objects that Braze refuses fail together. Please report the sentence.";
		return { findings: [{ verdict: 'contradicts', text, sandbox, advice }], first: reply };
	},
};
