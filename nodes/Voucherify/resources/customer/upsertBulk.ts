import type { IDataObject } from 'n8n-workflow';
import { InvalidInput } from '../../../common/failure';
import { inBatches, type Batching } from '../../../common/operation';
import { arrayOf } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, waitOptionsField } from '../../../common/polling';
import { picked } from '../../answer';
import { BULK_LIMITS, sendBulk } from '../asyncAction/bulk';
import { profileField, readProfile, readSourceId, sourceIdField } from './profile';

/** What bulk calls take of a customer, apart from the source ID. */
const PROFILE = ['name', 'description', 'email', 'phone', 'birthday', 'birthdate', 'address', 'metadata'];

/** Any number of customers in requests of 10 MB; Voucherify creates or changes them by their source ID. */
export const upsertBulk = inBatches({
	name: 'upsertBulk',
	displayName: 'Upsert in Bulk',
	action: 'Create or update customers in bulk',
	description:
		'Create or change any number of customers in few requests, and wait until Voucherify is done. Customers that it refuses come back as failed items. Does not fire "customer updated" events.',
	fields: [
		{
			displayName: 'Customer Data',
			name: 'data',
			type: 'options',
			options: [
				{ name: 'Form Fields', value: 'form', description: 'What is entered below, for each item' },
				{
					name: 'Item as It Is',
					value: 'item',
					description:
						'The item is a customer as Voucherify has them: source_id, name, email, phone, description, birthdate, address, metadata. Its other fields are left out.',
				},
			],
			default: 'form',
		},
		...[sourceIdField, profileField].map((field) => ({
			...field,
			displayOptions: { show: { data: ['form'] } },
		})),
		waitOptionsField,
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	const longestWait = readLongestWait(fixed);
	const readCustomer = fixed.choice('data', ['form', 'item']) === 'form' ? ofForm : ofItem;
	return {
		limits: BULK_LIMITS,
		read: (item) => {
			const { key, profile } = readCustomer(item);
			const text = JSON.stringify({ source_id: key, ...profile });
			return [{ owner: item.index, lane: 'customers', text, key }];
		},
		send: async (parts, run) =>
			await sendBulk(parts, run, {
				path: '/v1/customers/bulk/async',
				body: arrayOf(parts),
				repeatable: true,
				longestWait,
			}),
	};
}

interface Customer {
	/** The source ID. */
	readonly key: string;
	readonly profile: IDataObject;
}

function ofForm(item: ItemParameters): Customer {
	return { key: readSourceId(item), profile: readProfile(item) };
}

function ofItem({ json }: ItemParameters): Customer {
	const { source_id: id } = json;
	if ((typeof id === 'string' && id !== '') || typeof id === 'number')
		return { key: String(id), profile: picked(json, PROFILE) };
	throw new InvalidInput(
		'Customer Data',
		'finds no "source_id" in the item',
		'Give the item that field, with your own ID of the customer, or choose "Form Fields".',
	);
}
