import type { Answer } from '../connection.mts';
import type { Finding } from '../finding.mts';

/** What is to be said about a service that passes every request on: the nodes don't follow, since keys would go along. */
export function redirected({ status, headers }: Answer, url: string): Finding | undefined {
	if (status < 300 || status >= 400) return undefined;
	const { location = '' } = headers;
	const target = URL.canParse(location, url) ? new URL(location, url).origin : 'another address';
	return {
		verdict: 'contradicts',
		text: `The address answers with a redirect to ${target} (status ${status}), which the nodes do not follow.`,
		advice: 'Put the address of the API itself into the credential.',
	};
}
