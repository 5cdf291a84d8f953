import type { IDataObject } from 'n8n-workflow';
import { Failure, InvalidInput, shown } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { type Campaign, findCampaign } from '../campaign/campaign';
import { CAMPAIGN_REMEDY, campaignField } from '../campaign/campaignField';
import { customerField } from '../customer/customerField';
import { readCustomer, type CustomerReference } from '../customer/customerReference';
import { codesOf } from './firstPublication';
import { duplicatesFields, readPrevention, sourceIdOf, type Prevention } from './duplicates';
import { checkKeyBelongs, publish, type Publication } from './publish';
import { channelOption, metadataOption } from './publicationOptions';
import { simplifyPublication, simplifyPublishedVoucher } from './simplifyPublication';

/** The most codes of one publication. */
const MOST_CODES = 50;

interface Input {
	readonly campaign: string;
	readonly customer: CustomerReference;
	readonly prevention: Prevention;
	readonly count: number;
	readonly fetchDetails: boolean;
	readonly channel: string;
	readonly metadata: IDataObject;
	readonly simplify: boolean;
}

export const create = perItem<Input>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a publication',
	description: 'Hand out a code of a campaign to a customer; the same customer gets the same code again',
	fields: [
		campaignField,
		customerField,
		...duplicatesFields,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				channelOption,
				{
					displayName: 'Count',
					name: 'count',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: MOST_CODES },
					default: 1,
					description:
						'How many codes the customer gets. Several at once come without their details unless you fetch them, and are only possible with Prevent Duplicates off.',
				},
				{
					displayName: 'Fetch Details',
					name: 'fetchDetails',
					type: 'boolean',
					default: false,
					description:
						'Whether to look up each of several codes, for its worth, expiry and images. Costs one more request a code; a single code comes with its details anyway.',
				},
				metadataOption,
			],
		},
	],
	read,
	run: handOut,
});

function read(item: ItemParameters): Input {
	const prevention = readPrevention(item);
	const given = item.option('options', 'count') ?? 1;
	const count = Number(given);
	if (!Number.isInteger(count) || count < 1 || count > MOST_CODES) {
		throw new InvalidInput('Count', `is ${shown(given)}`, `Enter a whole number from 1 to ${MOST_CODES}.`);
	}
	if (count > 1 && prevention.kind !== 'off') {
		throw new InvalidInput(
			'Count',
			`is ${count}`,
			'Voucherify remembers publications of one code only: set "Prevent Duplicates" to "Off", or the count to 1.',
		);
	}
	return {
		campaign: item.located('campaign', CAMPAIGN_REMEDY),
		customer: readCustomer(item),
		prevention,
		count,
		fetchDetails: item.option('options', 'fetchDetails') === true,
		channel: item.optionText('options', 'channel'),
		metadata: item.objectOption('options', 'metadata'),
		simplify: item.flag('simple'),
	};
}

async function handOut(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { customer, prevention, count, channel, metadata, simplify } = input;
	const campaign = await findCampaign(run, input.campaign);
	if (!campaign.hasCodes) {
		throw new Failure({
			message: `The campaign "${campaign.name}" is a promotion, which has no codes to hand out`,
			description: 'Promotion tiers apply to everybody who qualifies. Choose a campaign with vouchers.',
		});
	}
	const sourceId = await sourceIdOf(prevention, campaign, customer, run);
	if (campaign.joinsOnce && prevention.kind !== 'customerAndCampaign') {
		run.note(
			`Customers can join "${campaign.name}" only once, so who had a code of it was given the same one again`,
		);
	}
	const publication: Publication = {
		campaign,
		customer,
		sourceId,
		count,
		channel,
		metadata,
		whole: !simplify,
	};
	const answer = await publish(publication, run);
	if (input.fetchDetails && count > 1) return [{ json: await withDetails(answer, campaign, simplify, run) }];
	if (prevention.kind === 'ownKey' && sourceId !== undefined) checkKeyBelongs(answer, publication);
	return [{ json: simplify ? simplifyPublication(answer, campaign) : answer }];
}

/** A publication of several codes, with each voucher in place of its bare code. */
async function withDetails(
	answer: IDataObject,
	campaign: Campaign,
	simplify: boolean,
	run: Run,
): Promise<IDataObject> {
	const vouchers: IDataObject[] = [];
	for (const code of codesOf(answer)) {
		const voucher = objectOf(await run.client.send({ method: 'GET', path: path`/v1/vouchers/${code}` }));
		vouchers.push(simplify ? simplifyPublishedVoucher(voucher) : voucher);
	}
	return { ...(simplify ? simplifyPublication(answer, campaign) : answer), vouchers };
}
