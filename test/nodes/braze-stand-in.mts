import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { BrazeExchange } from '../contract/braze-traffic.mts';
import { Braze } from '../../nodes/Braze/Braze.node';
import { BrazeApi } from '../../credentials/BrazeApi.credentials';
import { runNode, type NodeRun, type NodeSetup } from './n8n.mts';
import { startServer, type Answer, type ScriptedServer } from './scripted-server.mts';

/** A server that stands in for Braze where answers are wanted that the sandbox gives to nobody. */
export interface StandIn {
	readonly server: ScriptedServer;
	/** What was asked and answered since the latest `answer`; without what got no answer. */
	readonly exchanges: BrazeExchange[];
	/** How it answers from now on; `send` counts the requests from 0. */
	answer(script: (request: { path: string; body: IDataObject; send: number }) => StandInAnswer): void;
	run(
		parameters: INodeParameters,
		input: readonly IDataObject[],
		more?: Partial<NodeSetup>,
	): Promise<NodeRun>;
}

export type StandInAnswer = Answer;

/** Starts the server on loopback. */
export async function startStandIn(): Promise<StandIn> {
	let script: Parameters<StandIn['answer']>[0] = () => ({ status: 404, body: { message: 'Not Found' } });
	const exchanges: BrazeExchange[] = [];
	let send = 0;
	const server = await startServer(({ method, path, body }) => {
		const requestBody = body === '' ? {} : (JSON.parse(body) as IDataObject);
		const answer = script({ path, body: requestBody, send: send++ });
		if (typeof answer === 'string') return answer;
		const { status = 200, body: responseBody } = answer;
		const sent = body === '' ? undefined : requestBody;
		exchanges.push({ method, path, requestBody: sent, responseBody, status });
		return answer;
	});
	return {
		server,
		exchanges,
		answer: (next) => {
			script = next;
			exchanges.length = 0;
			send = 0;
		},
		run: async (parameters, input, more = {}) =>
			await runNode({
				node: new Braze(),
				parameters,
				input,
				credentials: {
					brazeApi: { instance: 'custom', baseUrl: server.url, apiKey: 'key', webhookSecret: '' },
				},
				credentialTypes: [new BrazeApi()],
				...more,
			}),
	};
}
