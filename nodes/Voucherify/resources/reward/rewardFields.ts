import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';
import { numberOption, withoutEmpty } from '../../optionValues';

/** What can be set of rewards of every type. */
export const commonFields: readonly INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. A mug with our logo',
		description: 'Of material rewards: what customers read about it',
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/mug.png',
		description: 'Of material rewards: a picture of it',
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: "Custom fields of the reward, as your project's metadata schema has them",
	},
	{
		displayName: 'Stock',
		name: 'stock',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description: 'Of material rewards: how many there are',
	},
];

/** Reads these from a collection. */
export function readCommon(item: ItemParameters, collection: string): IDataObject {
	return withoutEmpty({
		metadata: item.objectOption(collection, 'metadata'),
		stock: numberOption(item, collection, 'stock', { least: 0 }),
		attributes: withoutEmpty({
			image_url: item.optionText(collection, 'imageUrl'),
			description: item.optionText(collection, 'description'),
		}),
	});
}
