import { InvalidInput, shown } from '../../common/failure';
import { urlOf } from '../../common/urlPath';
import { percentEncoded } from './escaping';
import { readProfile, type Customer } from './profileField';
import { assembled, captured, kept, type Manners, type Snippet } from './snippet';
import { readMessageId, sourceId, type MessageForm, type SourceIdParts } from './sourceId';
import { connectedContent, inQuery, jsonBody, Variable } from './tag';
import { general, NO_SEND_OUT_ID, SECRET_SHOWS, SHARED_CODE } from './warnings';

export interface FromN8n {
	/** The Production URL of the Braze Trigger. */
	readonly url: string;
	/** The header that proves that Braze calls. */
	readonly header: { readonly name: string; readonly secret: string };
	readonly customer: Customer;
	readonly message: MessageForm;
	/** Which calls are one: those with the same `key`. */
	readonly parts: SourceIdParts;
	readonly suffix: string;
	/** The field of the answer that the message shows. */
	readonly answerField: string;
	readonly manners: Manners;
}

/**
 * Asks a workflow for the answer. The body: `campaign_id` (of the campaign or the Canvas), `dispatch_id`, `user_id`, and `key`, which
 * repeated calls have in common.
 */
export function serveFromN8n(input: FromN8n): Snippet {
	const { header, customer, message, parts, suffix, answerField, manners } = input;
	const { variable } = manners;
	if (!/^[A-Za-z]\w*(\.\w+)*$/.test(answerField)) {
		throw new InvalidInput(
			'Answer Field',
			`is ${shown(answerField)}`,
			'Enter the name of a field of letters, digits and _, or a path like voucher.code.',
		);
	}
	const url = webAddress(input.url);
	const source = sourceId(parts, message, suffix);
	const body = jsonBody({
		campaign_id: new Variable('campaign_id'),
		dispatch_id: new Variable('dispatch_id'),
		user_id: new Variable('customer_id'),
		key: new Variable('source_id'),
	});
	return assembled(
		{
			title: 'Asks a workflow in n8n.',
			prepared: [
				readProfile('customer_id', customer, 'Customer Attribute'),
				readMessageId('campaign_id', message),
				readMessageId('dispatch_id', message),
				source.made,
			],
			needed: [...new Set(['customer_id', ...source.needed])],
			calls: [
				captured(`${variable}_body`, body),
				connectedContent({
					method: 'post',
					url: `${url.address}${url.hasQuery ? '&' : '?'}cache_id=${inQuery('source_id')}`,
					headers: { [headerName(header.name)]: secretText(header.secret) },
					body: `${variable}_body`,
					cacheFor: manners.cacheFor,
					retry: manners.retry,
					save: `${variable}_answer`,
				}),
				// Where no workflow listens, n8n's own answer has a field "code" too, which is 404.
				...kept(variable, `${variable}_answer.__http_status_code__ == 200`),
			],
			succeeded: `${variable}.${answerField}`,
			shows: `{{${variable}.${answerField}}}`,
			warnings: [
				...(url.isTest
					? [
							'This is the test URL, which answers only while you listen in the editor. Send with the Production URL.',
						]
					: []),
				...(parts === 'campaign' || parts === 'sendOut' ? [SHARED_CODE] : []),
				...(parts === 'sendOut' || parts === 'sendOutUser' ? [NO_SEND_OUT_ID] : []),
				'The workflow has to answer within 2 seconds, the same for the same key, and with status 200 also when it found nothing.',
				SECRET_SHOWS,
				...general(manners),
			],
		},
		manners,
	);
}

function webAddress(text: string): {
	readonly address: string;
	readonly hasQuery: boolean;
	readonly isTest: boolean;
} {
	const url = urlOf(text);
	if (url === undefined || url.protocol !== 'https:' || url.port !== '' || url.username !== '') {
		throw new InvalidInput(
			'Production URL',
			`is ${shown(text)}`,
			'Copy the Production URL of the Braze Trigger. It has to start with https:// and have no port: Braze calls port 443 only.',
		);
	}
	return {
		address: percentEncoded(`${url.origin}${url.pathname}${url.search}`),
		hasQuery: url.search !== '',
		isTest: /^\/webhook-test\//.test(url.pathname),
	};
}

function headerName(name: string): string {
	if (/^[A-Za-z][\w-]*$/.test(name)) return name;
	throw new InvalidInput(
		'Header',
		`is ${shown(name)}`,
		'Enter the name of a header, of letters, digits and -, e.g. X-Braze-Secret.',
	);
}

/** A secret as it stands in a header; an error does not repeat it. */
function secretText(secret: string): string {
	if (/^[\w.~+/=-]+$/.test(secret)) return secret;
	throw new InvalidInput(
		'Secret',
		secret === '' ? 'is empty' : 'has signs that could break the Liquid tag',
		'Use letters, digits and . _ ~ + / = - only.',
	);
}
