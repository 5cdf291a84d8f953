import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../common/parameters';

/** The choice between the users of the items and everyone; what "everyone" means is said by the operation. */
export function sendToField(everyone: { readonly description: string }): INodeProperties {
	return {
		displayName: 'Send To',
		name: 'sendTo',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Everyone in the Audience', value: 'everyone', ...everyone },
			{ name: 'Users of the Items', value: 'users', description: 'One user for each item' },
		],
		default: 'users',
	};
}

/** Whether a run sends to the users of its items or to everyone. */
export function readSendTo(fixed: ItemParameters): 'users' | 'everyone' {
	return fixed.choice('sendTo', ['users', 'everyone']);
}

/** A field of the form, shown only when a message goes to the users of the items. */
export function shownForUsers(field: INodeProperties): INodeProperties {
	return shownFor('users', field);
}

/** A field of the form, shown only when a message goes to everyone. */
export function shownForEveryone(field: INodeProperties): INodeProperties {
	return shownFor('everyone', field);
}

function shownFor(sendTo: string, field: INodeProperties): INodeProperties {
	const { displayOptions } = field;
	return {
		...field,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, sendTo: [sendTo] } },
	};
}

/** What stands in the form while a message goes to everyone. */
export function everyoneNotice(whom: string): INodeProperties {
	return shownForEveryone({
		displayName: `This sends to ${whom}. It is sent once each time the node runs, however many items come in, and can't be called back. All items have to want the same.`,
		name: 'everyoneNotice',
		type: 'notice',
		default: '',
	});
}

/** A filter of users, as Braze's connected audience object. */
export const audienceOption: INodeProperties = {
	displayName: 'Audience Filter',
	name: 'audience',
	type: 'json',
	default: '{}',
	placeholder:
		'e.g. {"AND": [{"custom_attribute": {"custom_attribute_name": "tier", "comparison": "equals", "value": "gold"}}]}',
	description:
		"Conditions that whoever gets the message has to meet, as Braze's connected audience object: a filter, or several below AND or OR",
};

/** The audience filter of an item, for the request; empty when none is given. */
export function audienceOf(item: ItemParameters): IDataObject {
	const audience = item.objectOption('options', 'audience');
	return Object.keys(audience).length === 0 ? {} : { audience };
}
