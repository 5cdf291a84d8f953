import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../common/parameters';

/**
 * Reads metadata that goes to all items of a run alike.
 * @returns what reads it of another item, and refuses one that differs
 */
export function readSharedMetadata(fixed: ItemParameters): {
	readonly metadata: IDataObject;
	readonly check: (item: ItemParameters) => void;
} {
	const metadata = fixed.object('metadata');
	if (Object.keys(metadata).length === 0)
		throw fixed.invalid(
			'metadata',
			'is empty',
			'Enter at least one custom field, for example {"tier": "gold"}.',
		);
	const given = fixed.value('metadata');
	const text = JSON.stringify(metadata);
	return {
		metadata,
		check: (item) => {
			// The same object, or text, for all items costs nothing to compare.
			if (item.value('metadata') === given || JSON.stringify(item.object('metadata')) === text) return;
			throw item.invalid(
				'metadata',
				'is not the same as that of the first item',
				'One request sets the same metadata everywhere. Group the items by it, or set each its own.',
			);
		},
	};
}
