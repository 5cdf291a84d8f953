import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../common/parameters';

export const sendIdOption: INodeProperties = {
	displayName: 'Send ID',
	name: 'sendId',
	type: 'string',
	default: '',
	placeholder: 'e.g. summer-wave-2',
	description: 'A send identifier of Braze, to follow the results of this send by',
};

/** The send ID of an item, for the request; empty when none is given. */
export function sendIdOf(item: ItemParameters): IDataObject {
	const id = item.optionText('options', 'sendId');
	return id === '' ? {} : { send_id: id };
}
