/** A request whose answer is compared with the contract. */
export interface BrazeCase {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** The path as the contract writes it. */
	readonly path: string;
	/** The path that is called, where it differs: parameters filled in, a query. */
	readonly url?: string;
	readonly name: string;
	readonly body?: unknown;
	readonly status: number;
}
