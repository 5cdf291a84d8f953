import { InvalidInput, shown } from '../../common/failure';
import { queryValue, urlPath } from './escaping';
import { readProfile, type ProfileField } from './profileField';
import { publishedBySource, warningsAbout } from './publishCode';
import { assembled, captured, type Snippet } from './snippet';
import { sourceId, type MessageForm, type OwnSourceId } from './sourceId';
import { inPath, inQuery, jsonBody, trimmed, Variable } from './tag';
import { callVoucherify, type ForVoucherify, warningsOf } from './voucherify';

/** How a personalised code ends: so that no two users get one code, or with the prefix, which has to be different for every user. */
export const CODE_ENDINGS = ['hash', 'nothing'] as const;

export interface PersonalCode extends ForVoucherify {
	/** Name or ID of the Voucherify campaign that the code is made in. */
	readonly campaign: string;
	readonly message: MessageForm;
	readonly parts: OwnSourceId;
	readonly suffix: string;
	/** What every code begins with. */
	readonly start: string;
	/** The profile field that follows. */
	readonly prefix: ProfileField;
	readonly ending: (typeof CODE_ENDINGS)[number];
}

/** 48 bits: one clash is to be expected among some twenty million codes with the same prefix, and it is refused. */
const HASH_DIGITS = 12;
const LONGEST_PREFIX = 30;

/**
 * Makes a code from a profile field and publishes it. The code follows from the profile and the `source_id`, so that a message which is
 * rendered twice makes it once: the second time, Voucherify refuses to make it, and publishes it again.
 */
export function personalCode(input: PersonalCode): Snippet {
	const { campaign, parts, message, suffix, customer, manners } = input;
	if (campaign === '')
		throw new InvalidInput('Campaign', 'is empty', 'Enter the name or the ID of a Voucherify campaign.');
	if (!/^[\w-]*$/.test(input.start)) {
		throw new InvalidInput(
			'Code Starts With',
			`is ${shown(input.start)}`,
			'Use letters, digits, - and _ only, e.g. SUMMER-.',
		);
	}
	const source = sourceId(parts, message, suffix);
	const cacheId = `cache_id=${queryValue('Campaign', campaign)}-${inQuery('source_id')}`;
	const hasHash = input.ending === 'hash';
	return assembled(
		{
			title: 'Makes a code from the profile in a Voucherify campaign, and publishes it.',
			prepared: [
				readProfile('customer_id', customer, 'Customer Attribute'),
				source.made,
				readProfile('code_prefix', input.prefix, 'Prefix Attribute'),
				readable('code_prefix'),
				...(hasHash
					? [
							trimmed(`assign code_ending = source_id | sha2 | slice: 0, ${HASH_DIGITS} | upcase`),
							trimmed('if code_prefix != blank'),
							trimmed("assign code_ending = code_ending | prepend: '-'"),
							trimmed('endif'),
						]
					: [trimmed("assign code_ending = ''")]),
				trimmed(`assign personal_code = '${input.start}' | append: code_prefix | append: code_ending`),
			],
			needed: [...new Set(['customer_id', ...source.needed, ...(hasHash ? [] : ['code_prefix'])])],
			calls: [
				captured(`${manners.variable}_body`, jsonBody({})),
				callVoucherify(input, {
					method: 'post',
					path: `${urlPath`/v1/campaigns/${campaign}/vouchers/`}${inPath('personal_code')}?${cacheId}`,
					body: `${manners.variable}_body`,
					save: `${manners.variable}_made`,
					// To be refused is the usual end of the second call, and nothing to try again.
					retry: false,
				}),
				...publishedBySource(input, { voucher: new Variable('personal_code') }, cacheId),
			],
			succeeded: `${manners.variable}.voucher.code`,
			shows: `{{${manners.variable}.voucher.code}}`,
			warnings: [
				...(hasHash
					? []
					: [
							'Two users with the same value would have the same code: Voucherify refuses the second one, who gets none. Choose a field that is different for every user, or let the code end with a hash.',
						]),
				...warningsAbout({ by: 'sourceId', parts, suffix }),
				...warningsOf(input),
			],
		},
		manners,
	);
}

/**
 * Liquid that leaves of a variable what is good in a code: capitals, digits and few signs. Letters beyond ASCII become the hexadecimal
 * digits of their bytes, as nobody could type some of them.
 */
function readable(variable: string): string {
	const filters = [
		'strip',
		'upcase',
		...[' ', '+', '.', '*'].map((sign) => `remove: '${sign}'`),
		`remove: "'"`,
		'url_encode',
		`remove: '%'`,
		`slice: 0, ${LONGEST_PREFIX}`,
	];
	return trimmed(`assign ${variable} = ${variable} | ${filters.join(' | ')}`);
}
