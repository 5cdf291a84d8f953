import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { Braze } from '../../nodes/Braze/Braze.node';
import type { LogEntry } from '../../sandbox/common/request-log.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';

/** Runs the Braze node against a sandbox. */
export async function runBraze(
	sandbox: Sandbox,
	parameters: INodeParameters,
	input: readonly IDataObject[],
	more: Partial<NodeSetup> & { readonly credential?: IDataObject } = {},
): Promise<NodeRun> {
	const { credential, ...setup } = more;
	return await runNode({
		node: new Braze(),
		parameters,
		input,
		credentials: {
			brazeApi: {
				instance: 'custom',
				baseUrl: sandbox.braze.url,
				apiKey: sandbox.braze.apiKey,
				webhookSecret: '',
				...(credential as Record<string, string>),
			},
		},
		credentialTypes: [new BrazeApi()],
		...setup,
	});
}

/** How many requests the sandbox has answered on a route, e.g. `POST /users/track`. */
export function requestsTo(sandbox: Sandbox, route: string): number {
	return sandbox.log.totals[route] ?? 0;
}

/** What the sandbox's Braze was sent and has answered, oldest first. */
export function brazeRequests({ log }: Sandbox): LogEntry[] {
	return log.entries().filter(({ service }) => service === 'braze');
}

/** The bodies that the sandbox's Braze was sent, oldest first. */
export function bodiesTo(sandbox: Sandbox): IDataObject[] {
	return brazeRequests(sandbox).map(({ requestBody }) => requestBody as IDataObject);
}
