import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { endOfBegun, untilDone } from '../../../common/polling';
import { asRecord } from '../../../common/record';
import type { ApiResponse } from '../../../common/request';
import { path } from '../../../common/urlPath';
import { objectOf, textOf } from '../../answer';

/** The ID of the action that an answer promises. */
export function actionIdOf(response: ApiResponse): string {
	const id = textOf(objectOf(response).async_action_id);
	if (id !== undefined) return id;
	throw new Failure({
		message: 'Voucherify took the work on, but did not say under which ID',
		description: 'Look for it with Async Action: Get Many.',
		uncertain: true,
	});
}

/** An action as it is by now. */
export async function getAction(run: Run, id: string): Promise<IDataObject> {
	return objectOf(await run.client.send({ method: 'GET', path: path`/v1/async-actions/${id}` }));
}

/** Whether an action has come to its end, good or bad. */
export function hasEnded({ status }: IDataObject): boolean {
	return status === 'DONE' || status === 'FAILED';
}

/**
 * Waits until an action has come to its end, good or bad.
 * @param longestWait in ms
 * @throws {Failure} when it takes longer
 */
export async function whenEnded(run: Run, id: string, longestWait: number): Promise<IDataObject> {
	const job = {
		name: `async action ${id}`,
		look: async () => {
			const action = await getAction(run, id);
			return hasEnded(action) ? action : undefined;
		},
		remedy: 'Raise "Wait at Most", or wait for it later with Async Action: Wait For and this ID.',
	};
	return await untilDone(run, job, longestWait);
}

/**
 * Waits for work that was handed over a moment ago.
 * @throws {Failure} `uncertain` when its end can't be seen
 */
export async function endOf(run: Run, id: string, longestWait: number): Promise<IDataObject> {
	return await endOfBegun(whenEnded(run, id, longestWait));
}

/** What Voucherify says about the end of an action. */
export function resultOf(action: IDataObject): IDataObject {
	return asRecord(action.result) ?? {};
}

/** Why an action as a whole came to nothing; `undefined` when it did not, or rows of it say so themselves. */
export function failureOfAction(action: IDataObject): Failure | undefined {
	const { failed_count: failed, message } = resultOf(action);
	if (action.status !== 'FAILED' && action.operation_status !== 'FAILED') return undefined;
	const rows = typeof failed === 'number' ? failed : 0;
	if (action.status === 'DONE' && rows > 0) return undefined;
	return new Failure({
		message: `Voucherify could not do the async action ${String(action.id)}`,
		description: textOf(message) ?? 'It says nothing more about it. Try again.',
		code: 'async_action_failed',
	});
}
