import type { IDataObject } from 'n8n-workflow';
import type { FailureDetails } from './failure';
import { isRecord } from './record';
import type { ApiResponse, Explanation } from './service';

/** Of what a service says in an error, so much is shown, in characters. */
const LONGEST_SAYING = 1_000;

/** An error answer larger than this is not repeated in the item, in characters of JSON. */
const LONGEST_RESPONSE = 8_000;

/** What to tell about an answer that is no success, as its service explains it; all of it free of secrets already. */
export function refusal(
	method: string,
	path: string,
	{ status, body }: ApiResponse,
	{ message, description, code, tooLarge }: Explanation,
): FailureDetails {
	const call = `(${method} ${path} answered ${status})`;
	return {
		message: shortened(message),
		description: [shortened(description ?? ''), call].filter((part) => part !== '').join(' '),
		status,
		code,
		tooLarge,
		context: isSmallJson(body) ? { response: body } : undefined,
	};
}

/** What to tell about an answer that says success and can't be read. */
export function garbled(service: string, { status, body }: ApiResponse): FailureDetails {
	return {
		message: `${service} answered ${status}, but not with JSON`,
		description: `What came instead starts with: ${String(body).slice(0, 200)}`,
		status,
	};
}

/** The code of an answer by which a host gives no access to a file. */
export const NO_ACCESS = 'no_access';

/** What it means that a host which keeps files for a service does not give one. */
export function noFile(host: string, { status }: ApiResponse): Explanation {
	switch (status) {
		case 403:
			return {
				message: `${host} gives no access to the file`,
				description: 'Its address is not valid yet, or not any more.',
				code: NO_ACCESS,
			};
		case 404:
		case 410:
			return { message: `${host} has no such file`, description: 'It may have been removed by now.' };
		default:
			return { message: `${host} did not give the file` };
	}
}

/** What a redirect means where none is followed. */
export function moved(service: string): Explanation {
	return {
		message: `${service} has moved, or the URL in its credential is not the one of the API`,
		description: 'The host answered with a redirect. Check the URL in the credential.',
	};
}

/**
 * Why a service that wants to be left alone is not waited for.
 * @param asked what it asks for, in ms
 * @param longestWait what the user allows, in ms
 */
export function tooLong(service: string, asked: number, longestWait: number): string {
	const [wanted, allowed] = [asked, longestWait].map((time) => Math.ceil(time / 1000));
	return `${service} wants to be left alone for ${wanted} s, and the longest wait is ${allowed} s: run it later, or raise "Longest Wait" in the request settings.`;
}

function shortened(text: string): string {
	return text.length > LONGEST_SAYING ? `${text.slice(0, LONGEST_SAYING)}…` : text;
}

function isSmallJson(body: unknown): body is IDataObject {
	return isRecord(body) && JSON.stringify(body).length <= LONGEST_RESPONSE;
}
