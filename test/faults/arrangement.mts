import { createServer } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { oAuth2Setup, requests, runVoucherify } from '../nodes/voucherify.mts';
import type { Cause } from './fault-kinds.mts';
import type { PartialFailure, RunDifferences, WriteOperation } from './write-operation.mts';

/** No wait is longer than a second; only who waits for nothing gives up soon, for a busy machine answers late. */
const PATIENT = { timeout: 20, longestWait: 1, tries: 3 };
const HASTY = { ...PATIENT, timeout: 2 };
const TWO_TRIES = { ...PATIENT, longestWait: 0, tries: 2 };

/** Longer than a token of Voucherify lives, in ms. */
const TOKEN_LIFE = 901_000;
/** How long is waited for a job that never ends: 0.6 s, in minutes. */
const SHORT_WAIT = 0.01;

/** Everything that is ready for a fault to happen. */
export interface Arranged extends RunDifferences {
	/** Whether it did happen, seen from the service. */
	readonly happened: () => boolean;
	/** What each item that fails is to say. */
	readonly says?: string;
}

/** An operation as it is run where the service refuses some of its objects. */
export function withPartialFailure(operation: WriteOperation): WriteOperation {
	const { partial } = operation;
	if (typeof partial !== 'object') return operation;
	const { parameters, input, items } = partial;
	return {
		...operation,
		parameters: { ...operation.parameters, ...parameters },
		...(input === undefined ? {} : { input }),
		...(items === undefined ? {} : { items }),
	};
}

/** Lets a fault happen to the run that comes next. The sandbox is prepared for the operation by now. */
export async function arrange(cause: Cause, operation: WriteOperation, sandbox: Sandbox): Promise<Arranged> {
	switch (cause.kind) {
		case 'request':
			return arrangeRequest(cause, operation, sandbox);
		case 'address':
			return cause.host === 'unknown'
				? unreachable('http://nowhere.invalid', 'nowhere.invalid')
				: unreachable(await freedPort(), '127.0.0.1');
		case 'token':
			return await arrangeToken(cause, operation, sandbox);
		case 'partial':
			return arrangePartial(operation, sandbox);
		case 'job':
			return {
				parameters: { ...settings(PATIENT), ...(cause.end === 'never' ? shortWait(operation) : {}) },
				happened: () => true,
			};
	}
}

function settings(requestSettings: Readonly<Record<string, number>>): INodeParameters {
	return { requestSettings: { ...requestSettings } };
}

function arrangeRequest(
	{ effect, when, always }: Extract<Cause, { readonly kind: 'request' }>,
	operation: WriteOperation,
	sandbox: Sandbox,
): Arranged {
	const made = effect(Date.now());
	sandbox.faults.add({
		...changesOf(operation),
		when,
		...(always === true ? {} : { times: 1 }),
		...made,
	});
	const patience = made.kind === 'hang' ? HASTY : always === true ? TWO_TRIES : PATIENT;
	const hits = () => sandbox.faults.list()[0]?.hits ?? 0;
	return {
		parameters: settings(patience),
		happened: () => (always === true ? hits() > 0 : hits() === 1),
	};
}

/** The requests by which an operation changes something. */
function changesOf({ service, method = 'POST', path }: WriteOperation) {
	return { service, method, path: `/${path}/` } as const;
}

function unreachable(baseUrl: string, says: string): Arranged {
	return { baseUrl, says, parameters: settings(TWO_TRIES), happened: () => true };
}

/** An address on this machine that nobody listens at. */
async function freedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const address = server.address();
	await new Promise<unknown>((closed) => server.close(closed));
	if (typeof address !== 'object' || address === null) throw new Error('There is no free port');
	return `http://127.0.0.1:${address.port}`;
}

/** One request at a time, so that there are some that come after the token's end. */
async function arrangeToken(
	{ when }: Extract<Cause, { readonly kind: 'token' }>,
	operation: WriteOperation,
	sandbox: Sandbox,
): Promise<Arranged> {
	// The run begins with a token that an earlier execution has left, which is good.
	const look = { authentication: 'oAuth2', resource: 'campaign', operation: 'getAll', limit: 1 };
	const { error } = await runVoucherify(sandbox, look, [{}], oAuth2Setup(sandbox));
	if (error !== undefined) throw error;
	const asked = () => requests(sandbox, 'POST', '/v1/oauth/token').length;
	const refused = () => sandbox.log.entries().filter(({ status }) => status === 401).length;
	const before = { asked: asked(), refused: refused() };
	sandbox.faults.add({ ...changesOf(operation), when, times: 1, kind: 'elapse', ms: TOKEN_LIFE });
	return {
		oAuth2: true,
		parameters: settings({ ...PATIENT, concurrency: 1 }),
		happened: () => asked() === before.asked + 1 && refused() === before.refused + 1,
	};
}

function arrangePartial(operation: WriteOperation, sandbox: Sandbox): Arranged {
	const { answer } = operation.partial as PartialFailure;
	if (answer !== undefined)
		sandbox.faults.add({ ...changesOf(operation), when: 'after', times: 1, kind: 'status', ...answer });
	return { parameters: settings(PATIENT), happened: () => true };
}

/** Lets an operation wait no longer than a moment for its job. */
function shortWait({ parameters: { options } }: WriteOperation): INodeParameters {
	const others = typeof options === 'object' ? (options as INodeParameters) : {};
	return { options: { ...others, longestWaitForResult: SHORT_WAIT } };
}
