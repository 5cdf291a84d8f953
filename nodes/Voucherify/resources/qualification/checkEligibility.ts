import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { asRecord } from '../../../common/record';
import { objectOf, picked, textOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { pagingFields, readWanted, simplifyField } from '../../pagingFields';
import { optionalCustomerField, readOptionalCustomer } from '../customer/optionalCustomer';
import { orderField, readOrder } from '../order/orderFields';
import { objectsIn, simplifyOrder } from '../redemption/simplifyRedemption';

interface Input {
	readonly wanted: number;
	readonly body: IDataObject;
	readonly options: IDataObject;
	readonly simplify: boolean;
}

/** The most that Voucherify gives at once. */
const PAGE_SIZE = 50;

const SCENARIOS = [
	'ALL',
	'AUDIENCE_ONLY',
	'CUSTOMER_WALLET',
	'PRODUCTS',
	'PRODUCTS_BY_CUSTOMER',
	'PRODUCTS_DISCOUNT',
	'PRODUCTS_DISCOUNT_BY_CUSTOMER',
	'PROMOTION_STACKS',
] as const;
const SORTING = ['DEFAULT', 'BEST_DEAL', 'LEAST_DEAL'] as const;

export const checkEligibility = perItem<Input>({
	name: 'checkEligibility',
	displayName: 'Check Eligibility',
	action: 'Check what a customer is eligible for',
	description: 'Find the promotions and codes that apply to a customer and an order',
	fields: [
		optionalCustomerField('Whose codes and promotions to look for; an order alone is possible too'),
		orderField,
		{
			displayName: 'Look For',
			name: 'scenario',
			type: 'options',
			options: [
				{ name: 'All', value: 'ALL', description: 'Whatever applies' },
				{ name: 'Audience Only', value: 'AUDIENCE_ONLY', description: 'By customer, whatever the order' },
				{ name: 'Customer Wallet', value: 'CUSTOMER_WALLET', description: 'Codes that the customer holds' },
				{ name: 'Products', value: 'PRODUCTS', description: 'What applies to products of the order' },
				{ name: 'Products by Customer', value: 'PRODUCTS_BY_CUSTOMER' },
				{ name: 'Products Discount', value: 'PRODUCTS_DISCOUNT', description: 'What makes products cheaper' },
				{ name: 'Products Discount by Customer', value: 'PRODUCTS_DISCOUNT_BY_CUSTOMER' },
				{ name: 'Promotion Stacks', value: 'PROMOTION_STACKS' },
			],
			default: 'ALL',
			description: 'Which rules count',
		},
		...pagingFields,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'json',
					default: '{}',
					placeholder: 'e.g. {"resource_type": {"conditions": {"$in": ["promotion_tier"]}}}',
					description:
						'Which of them to look at, as Voucherify\'s API takes it, for example {"resource_type": {"conditions": {"$in": ["promotion_tier"]}}}',
				},
				{
					displayName: 'Metadata',
					name: 'metadata',
					type: 'json',
					default: '{}',
					description: 'Custom fields of a redemption that rules look at',
				},
				{
					displayName: 'Sorting',
					name: 'sorting',
					type: 'options',
					options: [
						{ name: 'Best Deal First', value: 'BEST_DEAL' },
						{ name: 'Least Deal First', value: 'LEAST_DEAL' },
						{ name: "Voucherify's Own", value: 'DEFAULT' },
					],
					default: 'BEST_DEAL',
				},
				{
					displayName: 'Tracking ID',
					name: 'trackingId',
					type: 'string',
					default: '',
					placeholder: 'e.g. visitor-4711',
					description: 'Identifies whoever asks where there is no customer',
				},
			],
		},
	],
	read,
	run: ask,
});

function read(item: ItemParameters): Input {
	const sorting = item.optionText('options', 'sorting');
	if (sorting !== '' && !SORTING.some((known) => known === sorting))
		throw item.invalid('sorting', `is "${sorting}"`, `Choose one of: ${SORTING.join(', ')}.`);
	return {
		wanted: readWanted(item),
		body: withoutEmpty({
			customer: readOptionalCustomer(item),
			order: readOrder(item),
			tracking_id: item.optionText('options', 'trackingId'),
			metadata: item.objectOption('options', 'metadata'),
			scenario: item.choice('scenario', SCENARIOS),
		}),
		options: withoutEmpty({
			filters: item.objectOption('options', 'filters'),
			sorting_rule: sorting,
			expand: ['redeemable'],
		}),
		simplify: item.flag('simple'),
	};
}

async function ask({ wanted, body, options, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const found = new Map<string, IDataObject>();
	const limit = Math.min(PAGE_SIZE, wanted);
	let first: IDataObject | undefined;
	for (let after: string | undefined; ;) {
		const answer = objectOf(
			await run.client.send({
				method: 'POST',
				path: '/v1/qualifications',
				body: { ...body, options: withoutEmpty({ ...options, limit, starting_after: after }) },
				// It only asks.
				repeatable: true,
			}),
		);
		first ??= answer;
		const known = found.size;
		const page = asRecord(answer.redeemables) ?? {};
		for (const one of objectsIn(page.data))
			if (found.size < wanted) found.set(JSON.stringify([one.object, one.id]), one);
		const moved = found.size > known;
		if (!moved && page.has_more === true)
			run.note(
				`More than ${PAGE_SIZE} codes or promotions were created at the same moment, of which Voucherify lists only some`,
			);
		const next = nextMoment(page.more_starting_after, moved);
		if (page.has_more !== true || found.size >= wanted || next === undefined || next === after) break;
		after = next;
	}
	const redeemables = [...found.values()];
	return [{ json: simplify ? simplified(first, redeemables) : whole(first, redeemables) }];
}

/**
 * Where the list goes on. It is ordered by time of creation, and others may have the moment at which a page ends: a millisecond later
 * brings them again, unless that leads nowhere.
 */
function nextMoment(given: unknown, moved: boolean): string | undefined {
	const at = Date.parse(textOf(given) ?? '');
	return Number.isNaN(at) ? undefined : new Date(moved ? at + 1 : at).toISOString();
}

/** The first answer, with the redeemables of all pages. */
function whole(first: IDataObject, data: IDataObject[]): IDataObject {
	return { ...first, redeemables: { ...asRecord(first.redeemables), data } };
}

function simplified(first: IDataObject, found: readonly IDataObject[]): IDataObject {
	const order = asRecord(first.order);
	return {
		eligible: found.length > 0,
		total: asRecord(first.redeemables)?.total ?? found.length,
		redeemables: found.map((one) =>
			picked(one, [
				'id',
				'object',
				'name',
				'banner',
				'campaign_id',
				'campaign_name',
				'result',
				'metadata',
				'created_at',
			]),
		),
		order: order === undefined ? null : simplifyOrder(order),
		tracking_id: first.tracking_id ?? null,
	};
}
