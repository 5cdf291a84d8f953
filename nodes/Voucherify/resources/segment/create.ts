import type { IDataObject } from 'n8n-workflow';
import { perItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { objectOf } from '../../answer';
import { readTexts } from '../../optionValues';

const TYPES = ['auto-update', 'passive', 'static'] as const;

/** A static segment takes so many customers at most. */
const MOST_CUSTOMERS = 20_000;

export const create = perItem<IDataObject>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a segment',
	description: 'Create a segment of customers that are named, or of all that meet conditions',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Regulars in Warsaw',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{
					name: 'Auto-Update',
					value: 'auto-update',
					description: 'Customers enter and leave as they change, and events say so',
				},
				{ name: 'Passive', value: 'passive', description: 'Conditions are looked at when they are needed' },
				{ name: 'Static', value: 'static', description: 'The customers that are named' },
			],
			default: 'static',
		},
		{
			displayName: 'Customer IDs',
			name: 'customers',
			type: 'string',
			default: '',
			placeholder: 'e.g. cust_sehkNIi8Uq2qQuRqSr7xn4Zi',
			hint: "Voucherify's own IDs of customers, not source IDs, separated by commas",
			description: 'At most 20,000; an array of them is possible too',
			displayOptions: { show: { type: ['static'] } },
		},
		{
			displayName: 'Filter (JSON)',
			name: 'filter',
			type: 'json',
			default: '{"junction": "and", "metadata.tier": {"conditions": {"$is": "gold"}}}',
			description: "The conditions that members meet, as Voucherify's API has them",
			displayOptions: { show: { type: ['auto-update', 'passive'] } },
		},
	],
	read,
	run: async (body, run) => [
		{ json: objectOf(await run.client.send({ method: 'POST', path: '/v1/segments', body })) },
	],
});

function read(item: ItemParameters): IDataObject {
	const type = item.choice('type', TYPES);
	const name = item.requiredText('name', 'Enter a name for the segment.');
	if (type === 'static') return { name, type, customers: readMembers(item) };
	const filter = item.object('filter');
	if (Object.keys(filter).length === 0)
		throw item.invalid('filter', 'is empty', 'Enter the conditions that members meet.');
	return { name, type, filter };
}

function readMembers(item: ItemParameters): string[] {
	const ids = readTexts(item, 'customers', item.value('customers'));
	if (ids.length <= MOST_CUSTOMERS) return [...ids];
	throw item.invalid(
		'customers',
		`names ${ids.length.toLocaleString('en-US')} customers`,
		'A static segment takes at most 20,000. Use conditions on a metadata field instead.',
	);
}
