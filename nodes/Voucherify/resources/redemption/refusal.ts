import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import type { ItemParameters } from '../../../common/parameters';
import { asRecord, isRecord } from '../../../common/record';
import type { ApiResponse } from '../../../common/request';
import { textOf } from '../../answer';

/**
 * Why something was not redeemed or is not valid, in the words of an answer. One refusal does not mean that all is refused.
 */
export interface Refusal {
	/** Code, or ID of a promotion tier. */
	readonly id: string | null;
	readonly object: string | null;
	/** Voucherify's key, e.g. `quantity_exceeded`. */
	readonly reason: string | null;
	readonly message: string;
}

/** What to do with a refusal. */
export const onRefusalField: INodeProperties = {
	displayName: 'If Refused',
	name: 'onRefusal',
	type: 'options',
	options: [
		{
			name: 'Fail the Item',
			value: 'fail',
			description: 'The item ends as an error that says why, and goes to the error output if there is one',
		},
		{
			name: 'Pass It On',
			value: 'passOn',
			description: 'The item goes on with the reasons, for example to another branch',
		},
	],
	default: 'fail',
	description:
		'What happens when Voucherify understands the request and says no, for example because a code was used up or expired',
};

/** Errors that say no to a code or a promotion, rather than to the request. */
export const REFUSALS: readonly string[] = [
	// No such code, which is what a mistyped one comes to.
	'not_found',
	'resource_not_found',
	'quantity_exceeded',
	'gift_amount_exceeded',
	'loyalty_card_points_exceeded',
	'voucher_expired',
	'voucher_disabled',
	'voucher_not_active',
	'voucher_not_active_now',
	'promotion_inactive',
	'promotion_expired',
	'campaign_inactive',
	'campaign_expired',
	'campaign_not_active',
	'customer_rules_violated',
	'order_rules_violated',
	'redemption_rules_violated',
	'invalid_voucher',
	'invalid_amount',
	'reward_not_assigned',
	'reward_stock_exceeded',
	'applicable_redeemables_limit_exceeded',
	'applicable_exclusive_redeemables_limit_exceeded',
	'exclusion_rules_not_met',
	'preceding_validation_failed',
	'missing_order',
	'missing_customer',
];

/** Whether refusals are to be passed on. */
export function readPassesOn(item: ItemParameters): boolean {
	return item.choice('onRefusal', ['fail', 'passOn']) === 'passOn';
}

/** The refusals of an answer to a validation or a redemption, wherever it names them. */
export function refusalsOf(answer: IDataObject): Refusal[] {
	const found = [
		...rowsOf(answer.redemptions).filter(({ result }) => result === 'FAILURE'),
		...rowsOf(answer.redeemables).filter(({ status }) => status !== 'APPLICABLE'),
		...rowsOf(answer.inapplicable_redeemables),
		...rowsOf(answer.skipped_redeemables),
	].map(refusalOf);
	if (answer.result === 'FAILURE') found.push(refusalOf(answer));
	// Some answers name a redeemable twice: among all, and among those that don't apply.
	return [...new Map(found.map((one) => [JSON.stringify([one.id, one.object, one.reason]), one])).values()];
}

/** The refusal that an error answer consists of. */
export function refusalOfError({ body, errorCode }: ApiResponse): Refusal {
	const error = asRecord(body) ?? {};
	return {
		id: textOf(error.resource_id) ?? null,
		object: textOf(error.resource_type) ?? null,
		reason: errorCode ?? null,
		message: saying(error) ?? errorCode ?? 'refused',
	};
}

function refusalOf(row: IDataObject): Refusal {
	const result = asRecord(row.result);
	const error = asRecord(result?.error) ?? asRecord(result?.details) ?? {};
	const voucher = asRecord(row.voucher);
	const tier = asRecord(row.promotion_tier);
	const reason = textOf(error.key) ?? textOf(row.failure_code) ?? null;
	return {
		id: textOf(voucher?.code) ?? textOf(tier?.id) ?? textOf(row.id) ?? null,
		object:
			voucher === undefined && tier === undefined
				? (textOf(row.object) ?? null)
				: voucher
					? 'voucher'
					: 'promotion_tier',
		reason,
		message: saying(error) ?? textOf(row.failure_message) ?? reason ?? 'Voucherify gave no reason',
	};
}

function saying({ message, details }: IDataObject): string | undefined {
	const parts = [textOf(message), textOf(details)].filter((part) => part !== undefined);
	return parts.length === 0 ? undefined : [...new Set(parts)].join(': ');
}

/**
 * The failure of an item whose redeemables were refused.
 * @param what was refused: "the redemption", "the validation"
 * @param done what took effect all the same, for the user to know
 */
export function refused(what: string, refusals: readonly Refusal[], done: readonly string[] = []): Failure {
	const reasons = refusals.map(({ id, message }) => (id === null ? message : `${id}: ${message}`));
	const others =
		done.length === 0
			? ''
			: ` ${done.join(', ')} ${done.length === 1 ? 'was' : 'were'} redeemed all the same.`;
	return new Failure({
		message: `Voucherify refused ${what}: ${reasons.slice(0, 3).join('; ') || 'it gave no reason'}`,
		description: `To go on with the reasons instead, set "If Refused" to "Pass It On".${others}`,
		code: refusals[0]?.reason ?? 'refused',
		context: { refusals: refusals.map((refusal) => ({ ...refusal })), redeemed: [...done] },
	});
}

function rowsOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
