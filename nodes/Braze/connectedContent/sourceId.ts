import { InvalidInput, shown } from '../../common/failure';
import { trimmed } from './tag';

/** Where a message is sent from; the two name themselves differently in Liquid. */
export type MessageForm = 'campaign' | 'canvas';

export const MESSAGE_FORMS: readonly MessageForm[] = ['campaign', 'canvas'];

/**
 * Which messages get the same answer again: Voucherify gives the first code for a `source_id` it knows. The ones without a user are one
 * code for many.
 */
export type SourceIdParts = 'campaign' | 'campaignUser' | 'sendOut' | 'sendOutUser' | 'user';

export const SOURCE_IDS: readonly SourceIdParts[] = [
	'campaign',
	'campaignUser',
	'sendOut',
	'sendOutUser',
	'user',
];

/** The same without those that give one code to many. */
export type OwnSourceId = Exclude<SourceIdParts, 'campaign' | 'sendOut'>;

export const OWN_SOURCE_IDS: readonly OwnSourceId[] = ['campaignUser', 'sendOutUser', 'user'];

/** The Liquid variable of each part; all of them must have a value, or different messages would share one `source_id`. */
const VARIABLES: Readonly<Record<SourceIdParts, readonly string[]>> = {
	campaign: ['campaign_id'],
	campaignUser: ['campaign_id', 'customer_id'],
	sendOut: ['dispatch_id'],
	sendOutUser: ['dispatch_id', 'customer_id'],
	user: ['customer_id'],
};

/** Where the ids come from. Braze calls the Canvas of a message `canvas`, and its send-out `campaign` in both. */
const ORIGINS: Readonly<Record<string, Readonly<Record<MessageForm, string>>>> = {
	campaign_id: { campaign: 'campaign.${api_id}', canvas: 'canvas.${api_id}' },
	dispatch_id: { campaign: 'campaign.${dispatch_id}', canvas: 'campaign.${dispatch_id}' },
};

/** Liquid that reads an id of the message. */
export function readMessageId(variable: 'campaign_id' | 'dispatch_id', form: MessageForm): string {
	return trimmed(`assign ${variable} = {{${ORIGINS[variable]?.[form] ?? ''}}}`);
}

/** A `source_id` in Liquid. */
export interface SourceId {
	/** Liquid that makes `source_id`; it takes `customer_id` for granted. */
	readonly made: string;
	/** The variables that have to have a value. */
	readonly needed: readonly string[];
}

/**
 * Makes a `source_id` as Voucherify's own scripts do, without anything between the parts: who replaces such a script by this one keeps
 * the codes that users got.
 * @param suffix tells several codes of one message apart; empty for none
 * @throws {InvalidInput} for a suffix of other than letters, digits, - and _
 */
export function sourceId(parts: SourceIdParts, form: MessageForm, suffix: string): SourceId {
	if (!/^[\w-]*$/.test(suffix)) {
		throw new InvalidInput(
			'Source ID Suffix',
			`is ${shown(suffix)}`,
			'Use letters, digits, - and _ only, e.g. second.',
		);
	}
	const needed = VARIABLES[parts];
	const ids = (['campaign_id', 'dispatch_id'] as const).filter((id) => needed.includes(id));
	const [first = '', ...more] = needed;
	const appended = [...more, ...(suffix === '' ? [] : [`'-${suffix}'`])].map((part) => ` | append: ${part}`);
	return {
		made: [
			...ids.map((id) => readMessageId(id, form)),
			trimmed(`assign source_id = ${first}${appended.join('')}`),
		].join('\n'),
		needed,
	};
}
