import type { IDataObject } from 'n8n-workflow';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { objectOf, picked } from '../../answer';
import { numberOption } from '../../optionValues';
import { simplifyField } from '../../pagingFields';
import {
	onRefusalField,
	readPassesOn,
	REFUSALS,
	refused,
	refusalOfError,
	refusalsOf,
} from '../redemption/refusal';
import { objectsIn, simplifyOrder } from '../redemption/simplifyRedemption';
import { readStack, stackFields, stackOptions } from '../redemption/stack';

interface Input {
	readonly body: IDataObject;
	readonly passesOn: boolean;
	readonly simplify: boolean;
}

export const validate = perItem<Input>({
	name: 'validate',
	displayName: 'Validate',
	action: 'Validate codes and promotions',
	description:
		'See what redeeming would do to an order, without using anything up; codes can be locked for a while',
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
			options: [
				{
					displayName: 'Lock for (Minutes)',
					name: 'lockMinutes',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 15,
					description:
						'Reserves the codes for so long for whoever redeems them with the session key that comes out',
				},
				...stackOptions,
			],
		},
	],
	read: (item) => {
		const body = readStack(item);
		const ttl = numberOption(item, 'options', 'lockMinutes', { least: 1 });
		const session =
			ttl === undefined
				? {}
				: { session: { type: 'LOCK', ...asRecord(body.session), ttl, ttl_unit: 'MINUTES' } };
		return {
			body: { ...body, ...session },
			passesOn: readPassesOn(item),
			simplify: item.flag('simple'),
		};
	},
	run: send,
});

async function send({ body, passesOn, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const response = await run.client.send({
		method: 'POST',
		path: '/v1/validations',
		body,
		// A lock without a session of its own would be made a second time, and find the codes locked by the first.
		repeatable: body.session === undefined || asRecord(body.session)?.key !== undefined,
		accept: passesOn ? REFUSALS : [],
	});
	const answer = objectOf(response);
	const refusals = response.errorCode === undefined ? refusalsOf(answer) : [refusalOfError(response)];
	const valid = answer.valid === true;
	if ((refusals.length > 0 || !valid) && !passesOn) throw refused('the validation', refusals);
	if (!simplify) return [{ json: answer }];
	const order = asRecord(answer.order);
	return [
		{
			json: {
				valid,
				redeemables: objectsIn(answer.redeemables)
					.filter(({ status }) => status === 'APPLICABLE')
					.map((one) =>
						picked(one, ['id', 'object', 'name', 'campaign_id', 'campaign_name', 'result', 'metadata']),
					),
				order: order === undefined ? null : simplifyOrder(order),
				session: asRecord(answer.session) ?? null,
				refusals: refusals.map((refusal) => ({ ...refusal })),
			},
		},
	];
}
