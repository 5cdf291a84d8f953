import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** Who brought the customer; it stands in the collection `options`. */
export const referrerField: INodeProperties = {
	displayName: 'Referrer',
	name: 'referrer',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer-000002',
	description: 'Source ID of the customer who recommended the shop to whoever orders',
};

/** The referrer as request bodies name it; `undefined` for none. */
export function readReferrer(item: ItemParameters): IDataObject | undefined {
	const sourceId = item.optionText('options', 'referrer');
	return sourceId === '' ? undefined : { source_id: sourceId };
}
