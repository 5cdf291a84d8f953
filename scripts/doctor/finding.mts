/**
 * `holds`: as the nodes expect and as the sandbox does. `differs`: the nodes cope, perhaps with an option set. `contradicts`: the nodes
 * would go wrong. `unknown`: it could not be found out.
 */
export type Verdict = 'holds' | 'differs' | 'contradicts' | 'unknown';

/** What a check has found out. */
export interface Finding {
	readonly verdict: Verdict;
	/** A whole sentence. */
	readonly text: string;
	/** What the sandbox does instead. */
	readonly sandbox?: string | undefined;
	/** Which option to set, or what else to do. */
	readonly advice?: string | undefined;
}
