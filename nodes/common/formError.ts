import { type INode, NodeOperationError } from 'n8n-workflow';
import { asFailure } from './failure';

/** What the form of a node shows where a list could not be loaded. It shows the message alone, so that says what to do as well. */
export function formError(node: INode, error: unknown): NodeOperationError {
	const { message, details } = asFailure(error);
	const { description = '' } = details;
	const told = description === '' ? message : `${message}. ${description}`;
	return new NodeOperationError(node, told, { description });
}
