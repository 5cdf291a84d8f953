import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import {
	onRefusalField,
	readPassesOn,
	REFUSALS,
	refused,
	refusalOfError,
	refusalsOf,
	type Refusal,
} from './refusal';
import { objectsIn, simplifyOrder, simplifyRedemption } from './simplifyRedemption';
import { readStack, stackFields, stackOptions } from './stack';

interface Input {
	readonly body: IDataObject;
	readonly passesOn: boolean;
	readonly simplify: boolean;
}

export const redeem = perItem<Input>({
	name: 'redeem',
	displayName: 'Redeem',
	action: 'Redeem codes and promotions',
	description:
		'Use up codes, gift credits, loyalty points and promotions for an order. A redemption whose answer was lost is not sent again, because it could count twice.',
	fields: [
		...stackFields,
		onRefusalField,
		simplifyField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [...stackOptions],
		},
	],
	read: (item) => ({ body: readStack(item), passesOn: readPassesOn(item), simplify: item.flag('simple') }),
	run: send,
});

async function send({ body, passesOn, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/redemptions',
		body,
		accept: passesOn ? REFUSALS : [],
	});
	const answer = objectOf(response);
	const refusals = response.errorCode === undefined ? refusalsOf(answer) : [refusalOfError(response)];
	const redemptions = objectsIn(answer.redemptions);
	const succeeded = redemptions.filter(({ result }) => result !== 'FAILURE');
	if (refusals.length > 0 && !passesOn) throw refused('the redemption', refusals, succeeded.map(nameOf));
	if (!simplify) return [{ json: answer }];
	return [{ json: simplified(answer, redemptions, succeeded.length > 0, refusals) }];
}

function simplified(
	answer: IDataObject,
	redemptions: readonly IDataObject[],
	redeemed: boolean,
	refusals: readonly Refusal[],
): IDataObject {
	const parent = asRecord(answer.parent_redemption);
	const order = asRecord(answer.order);
	return {
		redeemed,
		redemptions: redemptions.map((redemption) => {
			const simple = simplifyRedemption(redemption);
			// The same order stands beside them.
			delete simple.order;
			return simple;
		}),
		parent_redemption: parent === undefined ? null : { id: parent.id ?? null, date: parent.date ?? null },
		order: order === undefined ? null : simplifyOrder(order),
		refusals: refusals.map((refusal) => ({ ...refusal })),
	};
}

function nameOf(redemption: IDataObject): string {
	const what = asRecord(redemption.voucher)?.code ?? asRecord(redemption.promotion_tier)?.name;
	return `${String(what ?? redemption.related_object_id)} (${String(redemption.id)})`;
}
