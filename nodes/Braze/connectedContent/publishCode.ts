import { InvalidInput } from '../../common/failure';
import { queryValue } from './escaping';
import { readProfile } from './profileField';
import { assembled, captured, kept, type Snippet } from './snippet';
import { sourceId, type MessageForm, type SourceIdParts } from './sourceId';
import { type Body, inQuery, jsonBody, trimmed, Variable } from './tag';
import { callVoucherify, type ForVoucherify, warningsOf } from './voucherify';
import { JOIN_ONCE, NO_SEND_OUT_ID, ONE_CODE_A_MESSAGE, SHARED_CODE } from './warnings';

/** When a customer gets the same code again. */
export type Repeat =
	| { readonly by: 'sourceId'; readonly parts: SourceIdParts; readonly suffix: string }
	/** Voucherify gives a customer of the campaign the code that they have. */
	| { readonly by: 'joinOnce' };

export interface CodeOfCampaign extends ForVoucherify {
	/** Name or ID of the Voucherify campaign. */
	readonly campaign: string;
	readonly repeat: Repeat;
	readonly message: MessageForm;
}

/** Publishes a code of a campaign to the user. */
export function publishCode(input: CodeOfCampaign): Snippet {
	return publishing(input, 'Publishes a code of a Voucherify campaign.');
}

/** Publishes a code of a campaign, and says what for. */
export function publishing(input: CodeOfCampaign, title: string): Snippet {
	const { campaign, repeat, message, customer, manners } = input;
	if (campaign === '')
		throw new InvalidInput('Campaign', 'is empty', 'Enter the name or the ID of a Voucherify campaign.');
	const readCustomer = readProfile('customer_id', customer, 'Customer Attribute');
	const source = repeat.by === 'sourceId' ? sourceId(repeat.parts, message, repeat.suffix) : undefined;
	// The campaign's name is in there because Voucherify tells joins apart by it, and the cache knows the URL alone.
	const cacheId = `cache_id=${queryValue('Campaign', campaign)}-${inQuery(source ? 'source_id' : 'customer_id')}`;
	const body = { campaign: { name: campaign } };
	return assembled(
		{
			title,
			prepared: source ? [readCustomer, source.made] : [readCustomer],
			needed: [...new Set(['customer_id', ...(source?.needed ?? [])])],
			calls: source ? publishedBySource(input, body, cacheId) : publishedOnce(input, body, cacheId),
			succeeded: `${manners.variable}.voucher.code`,
			shows: `{{${manners.variable}.voucher.code}}`,
			warnings: [...warningsAbout(repeat), ...warningsOf(input)],
		},
		manners,
	);
}

/**
 * The call that publishes by `source_id`, and one that fetches the first publication: Voucherify's guides say that a known `source_id`
 * gets it again, and its reference says 400 `duplicate_source_id`. An answer counts only with this `source_id` in it, so that a slip of
 * a cache, or an answer of another snippet, is no code at all rather than another user's.
 * @param what the campaign or the voucher
 */
export function publishedBySource(
	input: ForVoucherify,
	what: { readonly [name: string]: Body },
	cacheId: string,
): readonly string[] {
	const { variable } = input.manners;
	return [
		...publication(input, { ...what, source_id: new Variable('source_id') }, cacheId),
		trimmed(`if ${variable}_answer.source_id == source_id`),
		trimmed(`assign ${variable} = ${variable}_answer`),
		trimmed('else'),
		callVoucherify(input, {
			method: 'get',
			path: `/v1/publications?source_id=${inQuery('source_id')}`,
			save: `${variable}_before`,
			cacheFor: 'none',
			retry: false,
		}),
		trimmed(`if ${variable}_before.publications[0].source_id == source_id`),
		trimmed(`assign ${variable} = ${variable}_before.publications[0]`),
		trimmed('endif'),
		trimmed('endif'),
	];
}

/** The call that gives the user the code of the campaign that they have; the answer has to be about this user. */
function publishedOnce(
	input: ForVoucherify,
	what: { readonly [name: string]: Body },
	cacheId: string,
): readonly string[] {
	const { variable } = input.manners;
	return [
		...publication(input, what, `join_once=true&${cacheId}`),
		...kept(variable, `${variable}_answer.customer.source_id == customer_id`),
	];
}

function publication(
	input: ForVoucherify,
	what: { readonly [name: string]: Body },
	query: string,
): readonly string[] {
	const { variable } = input.manners;
	const body = jsonBody({ ...what, customer: { source_id: new Variable('customer_id') }, channel: 'Braze' });
	return [
		captured(`${variable}_body`, body),
		callVoucherify(input, {
			method: 'post',
			path: `/v1/publications?${query}`,
			body: `${variable}_body`,
			save: `${variable}_answer`,
		}),
	];
}

/** What to know about a way to repeat. */
export function warningsAbout(repeat: Repeat): readonly string[] {
	if (repeat.by === 'joinOnce') return [];
	const { parts } = repeat;
	return [
		...(parts === 'campaign' || parts === 'sendOut' ? [SHARED_CODE] : []),
		JOIN_ONCE,
		ONE_CODE_A_MESSAGE,
		...(parts === 'sendOut' || parts === 'sendOutUser' ? [NO_SEND_OUT_ID] : []),
	];
}
