import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { addGiftCredits } from '../../connectedContent/addGiftCredits';
import { addLoyaltyPoints } from '../../connectedContent/addLoyaltyPoints';
import { inviteReferrers } from '../../connectedContent/inviteReferrers';
import { loyaltyBalance } from '../../connectedContent/loyaltyBalance';
import { CODE_ENDINGS, personalCode } from '../../connectedContent/personalCode';
import { CUSTOMER_FIELDS, type Customer, type ProfileField } from '../../connectedContent/profileField';
import { publishCode, type CodeOfCampaign, type Repeat } from '../../connectedContent/publishCode';
import { resendCode } from '../../connectedContent/resendCode';
import { serveFromN8n } from '../../connectedContent/serveFromN8n';
import type { Manners, OnFailure, Snippet } from '../../connectedContent/snippet';
import { MESSAGE_FORMS, OWN_SOURCE_IDS, SOURCE_IDS } from '../../connectedContent/sourceId';
import { unusedCoupons } from '../../connectedContent/unusedCoupons';
import type { ForVoucherify } from '../../connectedContent/voucherify';
import {
	ADDS,
	createSnippetFields,
	LONGEST_CACHE,
	SHORTEST_CACHE,
	USE_CASES,
	type UseCase,
} from './createSnippetFields';

/** The variable that holds the answer, unless the user names another. */
const VARIABLES: Readonly<Record<UseCase, string>> = {
	addGiftCredits: 'gift_card',
	addLoyaltyPoints: 'points_event',
	inviteReferrers: 'publication',
	loyaltyBalance: 'card',
	personalCode: 'publication',
	publishCode: 'publication',
	resendCode: 'existing_code',
	serveFromN8n: 'answer',
	unusedCoupons: 'unused_coupons',
};

export const createSnippet = perItem({
	name: 'createSnippet',
	displayName: 'Create Snippet',
	action: 'Create a connected content snippet',
	description:
		'Make the Liquid that publishes a code, shows a balance or asks a workflow while Braze renders a message',
	offline: true,
	fields: createSnippetFields,
	read: (item) => {
		const useCase = item.choice('useCase', USE_CASES);
		return { useCase, made: snippetFor(useCase, item) };
	},
	run: async ({ useCase, made: { snippet, shows, warnings } }, run) => {
		for (const warning of warnings) run.note(warning);
		return [{ json: { snippet, shows, useCase, warnings: [...warnings] } }];
	},
});

function snippetFor(useCase: UseCase, item: ItemParameters): Snippet {
	const message = item.choice('message', MESSAGE_FORMS);
	if (useCase === 'serveFromN8n') {
		return serveFromN8n({
			url: item.text('webhookUrl'),
			header: { name: item.text('headerName'), secret: item.text('headerSecret') },
			customer: readCustomer(item),
			message,
			parts: item.choice('sourceId', SOURCE_IDS),
			suffix: item.optionText('options', 'suffix'),
			answerField: item.text('answerField'),
			manners: readManners(useCase, item),
		});
	}
	const base: ForVoucherify = {
		project: {
			origin: originOf(item),
			applicationId: item.text('applicationId'),
			secretKey: item.text('secretKey'),
		},
		customer: readCustomer(item),
		manners: readManners(useCase, item),
	};
	const codeOfCampaign = (): CodeOfCampaign => ({
		...base,
		message,
		campaign: item.text('campaign'),
		repeat: readRepeat(item),
	});
	const withCode = () => ({ ...base, message, codeAttribute: item.text('codeAttribute') });
	switch (useCase) {
		case 'publishCode':
			return publishCode(codeOfCampaign());
		case 'inviteReferrers':
			return inviteReferrers(codeOfCampaign());
		case 'personalCode':
			return personalCode({
				...base,
				message,
				campaign: item.text('campaign'),
				parts: item.choice('sourceId', OWN_SOURCE_IDS),
				suffix: item.optionText('options', 'suffix'),
				start: item.text('codeStart'),
				prefix: readPrefix(item),
				ending: item.choice('codeEnding', CODE_ENDINGS),
			});
		case 'loyaltyBalance':
			return loyaltyBalance(withCode());
		case 'addLoyaltyPoints':
			return addLoyaltyPoints({ ...base, message, event: item.text('event') });
		case 'addGiftCredits':
			return addGiftCredits({ ...withCode(), amount: item.count('amount', 1, Number.MAX_SAFE_INTEGER) });
		case 'unusedCoupons':
			return unusedCoupons({ ...base, message, campaign: item.text('onlyCampaign') });
		case 'resendCode':
			return resendCode(withCode());
	}
}

function readManners(useCase: UseCase, item: ItemParameters): Manners {
	const adds = ADDS.includes(useCase);
	const cacheFor = item.optionCount('options', 'cacheFor', SHORTEST_CACHE, LONGEST_CACHE);
	const noCache = !adds && item.optionFlag('options', 'noCache') === true;
	return {
		cacheFor: noCache ? 'none' : (cacheFor ?? usualCache(useCase)),
		retry: !adds && item.optionFlag('options', 'retry') !== false,
		onFailure: readOnFailure(item),
		variable: item.optionText('options', 'variable') || VARIABLES[useCase],
	};
}

/** In seconds. The Braze Trigger keeps answers itself, and answers 200 to what went wrong as well, which Braze would keep. */
function usualCache(useCase: UseCase): Manners['cacheFor'] {
	if (useCase === 'serveFromN8n') return 'none';
	return ADDS.includes(useCase) ? LONGEST_CACHE : SHORTEST_CACHE;
}

function readOnFailure(item: ItemParameters): OnFailure {
	return item.choice('onFailure', ['abort', 'text']) === 'abort'
		? { abort: item.text('reason') }
		: { text: item.text('text') };
}

function readRepeat(item: ItemParameters): Repeat {
	const parts = item.choice('sourceId', [...SOURCE_IDS, 'joinOnce']);
	return parts === 'joinOnce'
		? { by: 'joinOnce' }
		: { by: 'sourceId', parts, suffix: item.optionText('options', 'suffix') };
}

function readCustomer(item: ItemParameters): Customer {
	const from = item.choice('customer', [...CUSTOMER_FIELDS, 'attribute']);
	return from === 'attribute' ? { from, name: item.text('customerAttribute') } : { from };
}

function readPrefix(item: ItemParameters): ProfileField {
	const from = item.choice('prefixFrom', ['attribute', 'firstName', 'lastName', 'phone']);
	return from === 'attribute' ? { from, name: item.text('prefixAttribute') } : { from };
}

/** The address of the chosen region, or the one that the user typed. */
function originOf(item: ItemParameters): string {
	const region = item.text('region');
	return (region === 'custom' ? item.text('baseUrl') : region).replace(/\/+$/, '');
}
