// The first question to a service: whether it is there, is the API, and knows the keys.
import { isRecord } from '../../nodes/common/record.ts';
import type { Answer, Connection, Question, Reply } from './connection.mts';
import type { Finding } from './finding.mts';

/** The question that shows whether a service is there and knows the keys, and how its answer is read. */
export interface Opening {
	readonly question: Question;
	read(reply: Reply, connection: Connection): Opened;
}

/** What the first answer tells. */
export interface Opened {
	readonly findings: readonly Finding[];
	/** The answer, if further questions make sense. */
	readonly first: Answer | undefined;
}

/** What to do about an address that is not the API's, and about a key that nobody knows. */
export interface Remedies {
	readonly wrongAddress: string;
	readonly unknownKey: string;
}

/** The end of an examination that has hardly begun. */
export function closed(text: string, advice?: string): Opened {
	return { findings: [{ verdict: 'contradicts', text, advice }], first: undefined };
}

/** Why an answer cannot come from an API that knows the keys; undefined when it may. */
export function noEntry(
	answer: Answer,
	{ service, url }: Connection,
	{ wrongAddress, unknownKey }: Remedies,
): Opened | undefined {
	const { status, headers, body } = answer;
	if (status >= 300 && status < 400) {
		const { location = '' } = headers;
		const target = URL.canParse(location, url) ? new URL(location, url).origin : 'another address';
		return closed(
			`The address answers with a redirect to ${target} (status ${status}), which the nodes do not follow, since the keys would go along.`,
			'Put the address of the API itself into the credential.',
		);
	}
	if (!isRecord(body))
		return closed(`The address does not answer like ${service.name} (status ${status}).`, wrongAddress);
	return status === 401
		? closed(`${service.name} does not know these keys at this address.`, unknownKey)
		: undefined;
}
