import type { IDataObject } from 'n8n-workflow';
import { shown } from '../../../common/failure';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { withoutEmpty } from '../../optionValues';
import { transactionOptionsField } from '../../transactionOptionsField';
import { memberField, readMember } from './memberField';

interface Input {
	readonly member: string;
	readonly body: IDataObject;
}

/** More points than Voucherify can count in one step. */
const MOST_POINTS = 2_147_483_647;

export const adjustPoints = perItem<Input>({
	name: 'adjustPoints',
	displayName: 'Adjust Points',
	action: "Adjust a member's loyalty points",
	description:
		'Add points to a loyalty card, or take them away. Running it twice adds twice: an answer that is lost is not asked for again, and the item fails as uncertain.',
	fields: [
		memberField,
		{
			displayName: 'Points',
			name: 'points',
			type: 'number',
			default: 100,
			description: 'How many points to add; less than zero takes them away',
		},
		{
			displayName: 'Points Expire',
			name: 'expiration',
			type: 'options',
			options: [
				{ name: 'As the Program Says', value: 'PROGRAM_RULES' },
				{ name: 'Never', value: 'NON_EXPIRING' },
				{ name: 'On a Date', value: 'CUSTOM_DATE' },
			],
			default: 'PROGRAM_RULES',
			description: 'When added points expire',
		},
		{
			displayName: 'Expiration Date',
			name: 'expirationDate',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The date counts; the time of day is left out',
			displayOptions: { show: { expiration: ['CUSTOM_DATE'] } },
		},
		transactionOptionsField,
	],
	read,
	run: async ({ member, body }, run) => {
		const response = await run.client.send({
			method: 'POST',
			path: path`/v1/loyalties/members/${member}/balance`,
			body,
		});
		return [{ json: { member, ...objectOf(response) } }];
	},
});

function read(item: ItemParameters): Input {
	const points = item.count('points', -MOST_POINTS, MOST_POINTS);
	if (points === 0)
		throw item.invalid('points', 'is 0', 'Enter how many to add, or less than zero to take away.');
	const expiration = item.choice('expiration', ['PROGRAM_RULES', 'NON_EXPIRING', 'CUSTOM_DATE']);
	return {
		member: readMember(item),
		body: withoutEmpty({
			points,
			// Points that are taken away don't expire.
			expiration_type: points > 0 ? expiration : undefined,
			expiration_date: points > 0 && expiration === 'CUSTOM_DATE' ? readDate(item) : undefined,
			reason: item.optionText('options', 'reason'),
			source_id: item.optionText('options', 'sourceId'),
		}),
	};
}

/** The date alone, as it was written: converting time zones could move it to the day before. */
function readDate(item: ItemParameters): string {
	const text = item.text('expirationDate');
	const date = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text)?.[0];
	if (date !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true) return date;
	throw item.invalid('expirationDate', `is ${shown(text)}`, 'Enter a date like 2026-12-31.');
}
