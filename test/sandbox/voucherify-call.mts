import axios, { type AxiosResponse } from 'axios';
import type { Sandbox } from '../../sandbox/sandbox.mts';

/** Calls one route of the sandbox's Voucherify over its socket; any status is an answer. */
export type VoucherifyCall = (
	method: 'GET' | 'POST' | 'PUT' | 'DELETE',
	path: string,
	body?: unknown,
	headers?: Readonly<Record<string, string>>,
) => Promise<AxiosResponse>;

/** A caller with valid keys, unless other headers say otherwise; a string is sent as it is. */
export function voucherifyCall(sandbox: Sandbox): VoucherifyCall {
	return (method, path, body, headers) =>
		axios.request({
			method,
			url: sandbox.voucherify.url + path,
			data: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
			headers: {
				'X-App-Id': sandbox.voucherify.applicationId,
				'X-App-Token': sandbox.voucherify.secretKey,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
				...headers,
			},
			transformRequest: (data: unknown) => data,
			validateStatus: () => true,
		});
}

/** A publication of one code from a campaign to a customer, both by name. */
export function publicationOf(
	customer: string,
	campaign: string,
	sourceId?: string,
): Record<string, unknown> {
	return {
		customer: { source_id: customer },
		campaign: { name: campaign },
		...(sourceId !== undefined && { source_id: sourceId }),
	};
}
