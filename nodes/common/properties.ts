import type { INodeProperties } from 'n8n-workflow';
import { operationOption, type Operation, type Resource } from './operation';
import { requestSettingsField } from './requestSettings';

/** The properties of a node that offers these resources: the two choices, then the fields of each operation. */
export function nodeProperties(resources: readonly Resource[]): INodeProperties[] {
	const byName = [...resources].sort((a, b) => a.displayName.localeCompare(b.displayName));
	const initial = resources[0]?.name ?? '';
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: byName.map(({ name, displayName }) => ({ name: displayName, value: name })),
			default: initial,
		},
		...byName.map(operationChoice),
		...byName.flatMap((resource) => resource.operations.flatMap((operation) => formOf(resource, operation))),
	];
}

function operationChoice({ name, operations }: Resource): INodeProperties {
	const byName = [...operations].sort((a, b) => a.displayName.localeCompare(b.displayName));
	const initial = operations[0]?.name ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [name] } },
		options: byName.map(operationOption),
		default: initial,
	};
}

function formOf(resource: Resource, operation: Operation): INodeProperties[] {
	const fields = operation.offline ? operation.fields : [...operation.fields, requestSettingsField];
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, resource: [resource.name], operation: [operation.name] },
		},
	}));
}
