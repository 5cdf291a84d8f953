import { createRunExecutionData, type IDataObject, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { perItem } from '../../nodes/common/operation';
import { additionalDataFor, engine } from './n8n.mts';
import { described, KEY, scratchApi, scratchNode } from './scratch-node.mts';
import { startServer } from './scripted-server.mts';

/** Calls a node as n8n calls the tool of an agent: with the agent's arguments for input, and the agent's item for `$json`. */
async function callAsTool(
	url: string,
	field: string,
	agentItem: IDataObject,
	args: IDataObject,
): Promise<unknown> {
	const { core, workflow: wf } = await engine();
	const send = perItem({
		...described,
		fields: [{ displayName: 'Field', name: 'field', type: 'string', default: '' }],
		read: (item) => item.text('field'),
		run: async (text, { client }) => {
			const { body } = await client.send({ method: 'POST', path: '/things', body: { text } });
			return [{ json: body as IDataObject }, { json: { text } }];
		},
	});
	const type = scratchNode([send]);
	const node: INode = {
		id: 'tool',
		name: 'Scratch Tool',
		type: 'scratch',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'thing', operation: 'act', field },
		credentials: { scratchApi: { id: 'scratchApi', name: 'scratchApi' } },
	};
	const workflow = new wf.Workflow({
		id: 'workflow',
		name: 'Test',
		active: false,
		nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) },
		nodes: [node],
		connections: {},
	});
	const additionalData = await additionalDataFor(core, {
		credentials: { scratchApi: { url, key: KEY } },
		credentialTypes: [scratchApi],
	});
	const agentInput = [{ json: agentItem }];
	const context = new core.SupplyDataContext(
		workflow,
		node,
		additionalData,
		'manual',
		createRunExecutionData({}),
		0,
		agentInput,
		{ ai_tool: [[{ json: args }]] },
		'ai_tool',
		{ node, data: { main: [agentInput] }, source: null },
		[],
	);
	return await type.execute?.call(context as unknown as IExecuteFunctions);
}

describe('The tool of an agent', () => {
	test('sends what its expressions say of the agent’s item, and gives back what came of it', async () => {
		const server = await startServer(() => ({ body: { ok: true } }));
		try {
			const item = { name: 'of the agent' };
			const args = { name: 'of the arguments' };
			const output = await callAsTool(server.url, '={{ $json.name }}', item, args);
			expect(output).toEqual([
				[
					{ json: { ok: true }, pairedItem: { item: 0 } },
					{ json: { text: 'of the agent' }, pairedItem: { item: 0 } },
				],
			]);
			expect(server.received[0]?.body).toBe('{"text":"of the agent"}');
		} finally {
			await server.close();
		}
	});

	test('fails with the reason', async () => {
		const server = await startServer(() => ({ status: 404, body: { message: 'no such thing' } }));
		try {
			await expect(callAsTool(server.url, 'x', {}, {})).rejects.toThrow('Scratch says: no such thing');
		} finally {
			await server.close();
		}
	});
});
