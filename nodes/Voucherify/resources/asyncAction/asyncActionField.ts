import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The ID of an async action. */
export const asyncActionIdField: INodeProperties = {
	displayName: 'Async Action ID',
	name: 'asyncActionId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. aa_195d845ac3d3e9cd21',
	description: 'The ID that Voucherify gave when it took the work on',
};

export function readAsyncActionId(item: ItemParameters): string {
	return item.requiredText('asyncActionId', 'Enter the ID of an async action.');
}
