import type { Answer, Connection } from './connection.mts';
import type { Finding } from './finding.mts';

/** One question about a service that its documentation leaves open. */
export interface Check {
	/** Short, as a heading. */
	readonly title: string;
	/** @param first what the service said to the request that showed that the keys work */
	examine(connection: Connection, first: Answer): Promise<readonly Finding[]>;
}
