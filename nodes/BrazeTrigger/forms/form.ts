import type { IDataObject } from 'n8n-workflow';
import type { KeyOf } from '../message';

/** A request that was let in. */
export interface Received {
	readonly method: string;
	readonly query: IDataObject;
	/** Without those that hold secrets. */
	readonly headers: IDataObject;
	/** As it was sent. */
	readonly body: string;
	readonly keyOf: KeyOf;
}

/** What a request comes to, or a sentence on what is wrong with it. */
export type Reading =
	| {
			readonly json: IDataObject;
			/** The same for calls that ask for the same; they can share an answer. */
			readonly key: string | undefined;
			/** The same when Braze sends the webhook again, and only then. */
			readonly delivery: string | undefined;
	  }
	| { readonly problem: string };

/** How a kind of request is read. */
export type Form = (received: Received) => Reading;
