import { InvalidInput, shown } from '../../common/failure';
import { plainInMessage, withinTag } from './escaping';
import { trimmed } from './tag';

/** What to paste into a message. */
export interface Snippet {
	/** Goes above the text of the message: makes the calls. */
	readonly snippet: string;
	/** Goes where the answer should appear. */
	readonly shows: string;
	/** What to know before it is sent to anybody, a sentence each. */
	readonly warnings: readonly string[];
}

/** What becomes of a message when nothing can be shown. */
export type OnFailure =
	| {
			/** The reason that Braze's log of aborted messages gives. */
			readonly abort: string;
	  }
	| {
			/** What the message shows instead. */
			readonly text: string;
	  };

/** How Braze makes the calls, and what follows from them. */
export interface Manners {
	/** In seconds; `none` asks anew whenever a message is rendered. */
	readonly cacheFor: number | 'none';
	readonly retry: boolean;
	readonly onFailure: OnFailure;
	/** Name of the Liquid variable that holds the answer. */
	readonly variable: string;
}

/** A snippet before it knows what to do about failures. */
export interface Draft {
	/** What it does, for who finds it in a message; plain words. */
	readonly title: string;
	/** Liquid that reads what the calls need. */
	readonly prepared: readonly string[];
	/** Variables without which no call is made: with a blank one it would be about somebody else, or about everybody. */
	readonly needed: readonly string[];
	/** The calls, and what is made of their answers. */
	readonly calls: readonly string[];
	/** A Liquid condition: there is something to show. */
	readonly succeeded: string;
	readonly shows: string;
	readonly warnings: readonly string[];
}

/**
 * Puts a snippet together. Whatever the variable held before is cleared: in a message with two snippets, the second must not show the
 * answer of the first when it got none.
 * @throws {InvalidInput} for a reason that would break Liquid, or a variable that is none or has another use
 */
export function assembled(draft: Draft, { variable, onFailure }: Manners): Snippet {
	const { needed, succeeded, shows } = draft;
	const lines = [
		trimmed('comment'),
		`${draft.title} Keep it above the text, as it is: Braze caches answers by the URL for all users.`,
		trimmed('endcomment'),
		trimmed(`assign ${variableName(variable)} = nil`),
		...draft.prepared,
		trimmed(`if ${needed.map((name) => `${name} != blank`).join(' and ')}`),
		...draft.calls,
		trimmed('endif'),
	];
	if ('abort' in onFailure) {
		lines.push(
			trimmed(`unless ${succeeded}`),
			`{% abort_message('${abortReason(onFailure.abort)}') %}`,
			trimmed('endunless'),
		);
		return { snippet: lines.join('\n'), shows, warnings: draft.warnings };
	}
	const instead = plainInMessage('Text', onFailure.text);
	return {
		snippet: lines.join('\n'),
		shows: `{% if ${succeeded} %}${shows}{% else %}${instead}{% endif %}`,
		warnings: draft.warnings,
	};
}

/**
 * Liquid that takes an answer over when it is what was asked for. The variable of an answer is never assigned to: it may live where an
 * assigned one would hide it.
 */
export function kept(variable: string, condition: string): readonly string[] {
	return [trimmed(`if ${condition}`), trimmed(`assign ${variable} = ${variable}_answer`), trimmed('endif')];
}

/** Liquid that puts text, with variables in it, into a variable. */
export function captured(variable: string, text: string): string {
	return `${trimmed(`capture ${variable}`)}${text}${trimmed('endcapture')}`;
}

function abortReason(reason: string): string {
	return withinTag('Reason', reason, 'Leave out quotes, braces, %, \\ and line breaks.');
}

/** Words of Liquid, what Braze tells about the message and the profile, and what snippets keep for themselves. */
const TAKEN: ReadonlySet<string> = new Set([
	...['and', 'blank', 'contains', 'empty', 'false', 'forloop', 'nil', 'not', 'null', 'or', 'true'],
	...['campaign', 'canvas', 'custom_attribute', 'event_properties'],
	...['call_id', 'campaign_id', 'card_code', 'code_ending', 'code_prefix', 'coupon', 'customer_id'],
	...['dispatch_id', 'ends', 'now', 'personal_code', 'source_id'],
]);

function variableName(name: string): string {
	if (TAKEN.has(name)) {
		throw new InvalidInput(
			'Variable',
			`is ${shown(name)}, which Liquid, Braze or the snippet itself has another use for`,
			'Choose another name, e.g. publication.',
		);
	}
	if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
	throw new InvalidInput(
		'Variable',
		`is ${shown(name)}`,
		'Start with a small letter, and go on with small letters, digits and _, e.g. publication.',
	);
}
