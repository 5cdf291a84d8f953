import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Batching, Together } from '../../common/operation';
import type { ItemParameters } from '../../common/parameters';
import { broadcast } from './broadcast';
import { dispatching } from './dispatch';
import { recipientReader } from './recipient';
import { audienceOf, readSendTo } from './sendTo';

/** What can be triggered: a campaign or a Canvas. */
export interface Triggered {
	readonly path: '/campaigns/trigger/send' | '/canvas/trigger/send';
	/** The field for what the message is made of: of a recipient, or of the whole request. */
	readonly properties: 'trigger_properties' | 'canvas_entry_properties';
	/** What a request carries beside that: the ID of the campaign or Canvas. */
	readonly envelope: (item: ItemParameters) => IDataObject;
}

/** The form field for what a message is made of. */
export const propertiesField: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"code": "SUMMER-7F3K"}',
	hint: 'For example {"code": "{{ $json.voucher.code }}"}, as an expression',
};

/** Sends to the users of many items, 50 in one request, each with properties of its own; or once to everyone. */
export function triggerSend(fixed: ItemParameters, triggered: Triggered): Batching | Together<unknown> {
	const { path } = triggered;
	const envelope = (item: ItemParameters) => ({ ...triggered.envelope(item), ...audienceOf(item) });
	const properties = (item: ItemParameters) => {
		const own = item.object('properties');
		return Object.keys(own).length > 0 ? { [triggered.properties]: own } : {};
	};
	if (readSendTo(fixed) === 'everyone')
		return broadcast(fixed, path, (item) => ({ ...envelope(item), ...properties(item) }));
	const recipient = recipientReader(fixed);
	return dispatching(path, (item) => {
		const to = recipient(item);
		return [
			{
				owner: item.index,
				lane: 'recipients',
				text: JSON.stringify({ ...to, ...properties(item) }),
				key: userOf(to),
				envelope: JSON.stringify(envelope(item)),
			},
		];
	});
}

/** Whom a recipient is, whatever comes with it. */
function userOf({ external_user_id, braze_id, user_alias, email }: IDataObject): string {
	return JSON.stringify([external_user_id, braze_id, user_alias, email]);
}
