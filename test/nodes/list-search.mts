import {
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	NodeConnectionTypes,
	type Workflow,
} from 'n8n-workflow';
import { engine, runNode, type NodeSetup } from './n8n.mts';

/** A function of a node that searches a list for the editor. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The open form. */
export interface ListSetup extends Pick<NodeSetup, 'credentials' | 'credentialTypes'> {
	readonly properties?: INodeProperties[];
	readonly parameters?: INodeParameters;
}

/** Calls a list search in n8n's own context for it, which is made of what n8n's engine hands to a running node. */
export async function searchList(
	search: ListSearch,
	setup: ListSetup,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { core } = await engine();
	let searching: Promise<INodeListSearchResult> | undefined;
	const node: INodeType = {
		description: {
			displayName: 'Form',
			name: 'form',
			group: ['transform'],
			version: 1,
			description: 'Stands for the open form of a node',
			defaults: { name: 'Form' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: Object.keys(setup.credentials ?? {}).map((name) => ({ name, required: true })),
			properties: setup.properties ?? [],
		},
		async execute(this: IExecuteFunctions) {
			const workflow = Reflect.get(this, 'workflow') as Workflow;
			const additionalData = Reflect.get(this, 'additionalData') as IWorkflowExecuteAdditionalData;
			// n8n declares its own class a hair looser than the interface that it implements.
			const context: unknown = new core.LoadOptionsContext(workflow, this.getNode(), additionalData, '');
			searching = search.call(context as ILoadOptionsFunctions, filter, paginationToken);
			// The caller hears of a failure; the engine would only keep a copy of the error.
			await searching.catch(() => undefined);
			return [[]];
		},
	};
	await runNode({ ...setup, node, parameters: setup.parameters ?? {} });
	if (searching === undefined) throw new Error('The search was not run');
	return await searching;
}
