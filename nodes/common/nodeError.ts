import {
	type INode,
	type INodeExecutionData,
	type JsonObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { Failure } from './failure';

/** Where a failure belongs. */
export interface Place {
	readonly node: INode;
	/** Index of the item. */
	readonly index: number;
	/** Whether there are other items to tell it from. */
	readonly oneOfMany: boolean;
}

/**
 * A failure as n8n's own kind of error.
 * @param account what else happened in the run: "3 items had already succeeded (0–2)."
 */
export function nodeError(
	{ details }: Failure,
	{ node, index, oneOfMany }: Place,
	account = '',
): NodeApiError | NodeOperationError {
	const item = oneOfMany && !/\[item \d+\]/.test(details.message) ? ` [item ${index}]` : '';
	const said = `${details.message}${item}`;
	const message = account === '' ? said : `${said.replace(/\.$/, '')}. ${account}`;
	const description = [details.description, doubt(details.uncertain)].filter(Boolean).join(' ');
	const options = { message, description, itemIndex: index };
	if (details.status === undefined) return new NodeOperationError(node, message, options);
	// Built from a plain object: an error that n8n made already would be handed back as it is.
	const response: JsonObject = { message, description };
	return new NodeApiError(node, response, { ...options, httpCode: String(details.status) });
}

/**
 * A failed item for a node that is set to continue. n8n sends an item to the error output, and gives it the fields of its input, when
 * `error` is all that its JSON has; an item's `error` property it would take as the whole of its JSON.
 */
export function failedItem(
	failure: Failure,
	{ node, index }: Place,
	input: INodeExecutionData,
): INodeExecutionData {
	const { message, description, status, code, context, uncertain, binary } = failure.details;
	const facts = Object.entries({ message, description, status, code, uncertain, ...context });
	const error = Object.fromEntries(facts.filter(([, fact]) => fact !== undefined && fact !== false));
	const fields = node.onError === 'continueErrorOutput' ? {} : input.json;
	const json = { ...fields, error };
	const pairedItem = { item: index };
	return binary === undefined ? { json, pairedItem } : { json, binary, pairedItem };
}

/**
 * The output of a node that n8n is set to retry on failure: for a field `error` in the first item it would run the whole node again, and
 * send everything twice.
 * @param failure of the first item, if it failed
 */
export function withoutRerun(
	output: INodeExecutionData[],
	failure: Failure | undefined,
	place: Place,
): INodeExecutionData[] {
	const [first] = output;
	if (place.node.retryOnFail !== true || first?.json.error === undefined) return output;
	const others = output.slice(1);
	// Its JSON is made by n8n then, of the message alone.
	if (failure) return [{ ...first, json: {}, error: nodeError(failure, place) }, ...others];
	const { error, ...json } = first.json;
	return [{ ...first, json: { ...json, originalError: error } }, ...others];
}

/** What is to be said when a service may have acted on a request whose answer was lost. */
export function doubt(uncertain: boolean | undefined): string {
	return uncertain === true ? 'The service may have acted on the request, although its answer was lost.' : '';
}
