import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { located, requests } from './voucherify.mts';

export const EXPORTS = '/v1/exports';

/** Parameters of an operation on exports. */
export function exporting(operation: string, more: INodeParameters = {}): INodeParameters {
	return { resource: 'export', operation, outputField: 'data', ...more };
}

/** Parameters that export the codes of a campaign to a file. */
export function toFile(campaign: string, more: INodeParameters = {}): INodeParameters {
	return exporting('exportToFile', { campaign: located('name', campaign), fields: ['code'], ...more });
}

/** The exports that the sandbox was asked for, oldest first. */
export function created(sandbox: Sandbox): unknown[] {
	return requests(sandbox, 'POST', EXPORTS).map(({ requestBody }) => requestBody);
}
