import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** Calls one route of the sandbox's Braze over its socket; any status is an answer. */
export type BrazeCall = (
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
	path: string,
	body?: unknown,
	headers?: Readonly<Record<string, string>>,
) => Promise<AxiosResponse>;

/** A caller with the key that may do everything, unless other headers say otherwise; a string is sent as it is. */
export function brazeCall(sandbox: Sandbox): BrazeCall {
	return (method, path, body, headers) =>
		axios.request({
			method,
			url: sandbox.braze.url + path,
			data: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
			headers: {
				Authorization: `Bearer ${sandbox.braze.apiKey}`,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...headers,
			},
			transformRequest: (data: unknown) => data,
			maxBodyLength: Infinity,
			validateStatus: () => true,
		});
}
