import type { IDataObject } from 'n8n-workflow';
import type { Problem } from './problem';

/** Why something that was read is not on the list. */
export type Reason = Problem | 'duplicate' | 'header';

/** Where something was read, the item, from 0 on as n8n numbers them, and the row of its file, from 1 on. */
export interface Place {
	readonly item?: number;
	readonly row?: number;
}

interface Example extends Place {
	readonly code: string;
}

const WORDS: Readonly<Record<Reason, string>> = {
	blank: 'blank',
	comma: 'with a comma',
	duplicate: 'duplicate',
	header: 'header',
	invisibleCharacter: 'with an invisible character',
	lineBreak: 'with a line break',
	notUtf8: 'not in UTF-8',
	quote: 'with a quote',
	tooLong: 'too long',
};

/** So many of each kind are shown. */
const EXAMPLES = 100;

/** Longer codes are cut off in examples, in characters. */
const SHOWN = 100;

/** What was left out of a list, and why: how often, with the first examples of each reason. */
export class Report {
	private readonly reasons = new Map<Reason, { count: number; examples: Example[] }>();

	/** Everything that was left out. */
	get dropped(): number {
		return [...this.reasons.values()].reduce((sum, { count }) => sum + count, 0);
	}

	/**
	 * @param code made into text only when it serves as an example
	 */
	drop(reason: Reason, place: () => Place, code: () => string): void {
		let entry = this.reasons.get(reason);
		if (entry === undefined) {
			entry = { count: 0, examples: [] };
			this.reasons.set(reason, entry);
		}
		entry.count++;
		if (entry.examples.length < EXAMPLES) entry.examples.push({ ...place(), code: code().slice(0, SHOWN) });
	}

	/** For example "1 header, 12 duplicate". */
	inWords(): string {
		return [...this.reasons]
			.map(([reason, { count }]) => `${count.toLocaleString('en-US')} ${WORDS[reason]}`)
			.join(', ');
	}

	/** By reason, in the order in which they first came up. */
	toJson(): IDataObject {
		return Object.fromEntries(
			[...this.reasons].map(([reason, { count, examples }]) => [reason, { count, examples }]),
		);
	}
}
