import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput, shown } from '../../common/failure';
import type { ItemParameters } from '../../common/parameters';
import { groupIdField, groupStatusField } from '../subscriptionGroupFields';

const FIELD = 'subscription_groups';
const STATES = ['subscribed', 'unsubscribed'];

/** The option that says to which groups a user is subscribed, and to which no longer. */
export const subscriptionGroupsOption: INodeProperties = {
	displayName: 'Subscription Groups',
	name: 'subscriptionGroups',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Subscription Group',
	default: {},
	description: 'Email, SMS and WhatsApp groups whose status is set in the same request',
	options: [
		{
			displayName: 'Group',
			name: 'group',
			values: [groupIdField, groupStatusField],
		},
	],
	displayOptions: { show: { '/send': ['attributes'] } },
};

/**
 * Adds the subscription groups of the form to the attributes of one item.
 * @throws {InvalidInput} for a group without an ID, a status that is none, and attributes that have groups already
 */
export function withSubscriptionGroups(attributes: IDataObject, item: ItemParameters): IDataObject {
	const rows = item.optionRows('options', 'subscriptionGroups', 'group');
	if (rows.length === 0) return attributes;
	if (Object.hasOwn(attributes, FIELD)) {
		throw item.invalid(
			'subscriptionGroups',
			`are given, and the attributes have ${FIELD} too`,
			'Leave one of the two out.',
		);
	}
	const groups = rows.map(({ group, status }) => {
		const id = typeof group === 'string' ? group.trim() : '';
		if (id === '') {
			throw new InvalidInput(
				'Subscription Group ID',
				'is empty',
				'Enter the ID at the top of the subscription group in Braze.',
			);
		}
		if (typeof status !== 'string' || !STATES.includes(status))
			throw new InvalidInput('Status', `is ${shown(status)}`, `Choose one of: ${STATES.join(', ')}.`);
		return { subscription_group_id: id, subscription_state: status };
	});
	return { ...attributes, [FIELD]: groups };
}
