import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

/**
 * Stand-ins for nodes of n8n's own, which belong to another package than its engine. What makes them up, the expressions and conditions in
 * their parameters, is evaluated by the engine.
 */
export const N8N_OWN_NODES: Readonly<Record<string, () => INodeType>> = {
	'n8n-nodes-base.set': editFields,
	'n8n-nodes-base.filter': filter,
};

function describe(
	displayName: string,
	name: string,
	version: number[],
	properties: INodeTypeDescription['properties'],
): INodeTypeDescription {
	return {
		displayName,
		name,
		version,
		properties,
		group: ['transform'],
		description: '',
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
	};
}

/** Edit Fields (Set): makes an item of the assignments. */
function editFields(): INodeType {
	return {
		description: describe(
			'Edit Fields',
			'set',
			[3.4],
			[{ displayName: 'Fields', name: 'assignments', type: 'assignmentCollection', default: {} }],
		),
		async execute() {
			const rows = this.getInputData().map((_item, item) => {
				const { assignments } = this.getNodeParameter('assignments', item) as {
					assignments: ReadonlyArray<{ name: string; value: string }>;
				};
				const json = Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
				return { json, pairedItem: { item } };
			});
			return [rows];
		},
	};
}

/** Filter: passes on the items that fulfil the conditions. */
function filter(): INodeType {
	return {
		description: describe(
			'Filter',
			'filter',
			[2.2],
			[
				{
					displayName: 'Conditions',
					name: 'conditions',
					type: 'filter',
					default: {},
					typeOptions: { filter: { version: 2 } },
				},
			],
		),
		async execute() {
			const kept = this.getInputData().flatMap((item, index) =>
				this.getNodeParameter('conditions', index, false, { extractValue: true }) === true
					? [{ ...item, pairedItem: { item: index } }]
					: [],
			);
			return [kept];
		},
	};
}
