import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../common/parameters';

/** The option that names the app of events and purchases. */
export const appIdOption: INodeProperties = {
	displayName: 'App ID',
	name: 'appId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3a8e2b1c-7d54-4d1f-9c1f-0a3b5e6f7a89',
	description: 'The app that events and purchases belong to',
};

/** The option that keeps Braze from making profiles. */
export const existingOnlyOption: INodeProperties = {
	displayName: 'Existing Profiles Only',
	name: 'existingOnly',
	type: 'boolean',
	default: true,
	description:
		'Whether to skip users that Braze does not know, instead of making a profile. Unless set, Braze makes one, except for user aliases.',
};

/** The option that says what becomes of nested objects that are there. */
export const mergeObjectsOption: INodeProperties = {
	displayName: 'Merge Nested Objects',
	name: 'mergeObjects',
	type: 'boolean',
	default: true,
	description: 'Whether nested objects are merged into what the profile has, instead of replacing it',
};

/** The option that spares data points. */
export const skipUnchangedOption: INodeProperties = {
	displayName: 'Skip Unchanged',
	name: 'skipUnchanged',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the profiles first, 50 in one request, and to send only attributes that differ, since Braze counts a data point for each that is sent. Needs external IDs or user aliases, and an API key that may export users by ID.',
};

/** Fields that options add to objects: to events and purchases, to all of them, and to attributes. */
export type ObjectOptions = Readonly<Record<'app' | 'only' | 'merge', IDataObject>>;

/** What the options add to the objects of one item. */
export function readObjectOptions(item: ItemParameters): ObjectOptions {
	const appId = item.optionText('options', 'appId');
	const only = item.optionFlag('options', 'existingOnly');
	return {
		app: appId === '' ? {} : { app_id: appId },
		only: only === undefined ? {} : { _update_existing_only: only },
		merge: item.optionFlag('options', 'mergeObjects') === true ? { _merge_objects: true } : {},
	};
}
