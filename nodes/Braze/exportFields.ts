import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ItemParameters } from '../common/parameters';

/** Fields that say whose profile it is. */
export const IDENTIFYING_EXPORTS: readonly string[] = ['external_id', 'braze_id', 'user_aliases'];

/** The other fields of a profile that Braze exports. */
export const EXPORTABLE_FIELDS: INodePropertyOptions[] = [
	{ name: 'Apps', value: 'apps' },
	{ name: 'Attributed Ad', value: 'attributed_ad' },
	{ name: 'Attributed Ad Group', value: 'attributed_adgroup' },
	{ name: 'Attributed Campaign', value: 'attributed_campaign' },
	{ name: 'Attributed Source', value: 'attributed_source' },
	{ name: 'Campaigns Received', value: 'campaigns_received' },
	{ name: 'Canvases Received', value: 'canvases_received' },
	{ name: 'Cards Clicked', value: 'cards_clicked' },
	{ name: 'Country', value: 'country' },
	{ name: 'Created At', value: 'created_at' },
	{ name: 'Created From', value: 'created_from' },
	{ name: 'Custom Attributes', value: 'custom_attributes' },
	{ name: 'Custom Events', value: 'custom_events' },
	{ name: 'Date of Birth', value: 'dob' },
	{ name: 'Devices', value: 'devices' },
	{ name: 'Email', value: 'email' },
	{ name: 'Email Subscription', value: 'email_subscribe' },
	{ name: 'First Name', value: 'first_name' },
	{ name: 'Gender', value: 'gender' },
	{ name: 'Home City', value: 'home_city' },
	{ name: 'Language', value: 'language' },
	{ name: 'Last Coordinates', value: 'last_coordinates' },
	{ name: 'Last Name', value: 'last_name' },
	{ name: 'Phone', value: 'phone' },
	{ name: 'Purchases', value: 'purchases' },
	{ name: 'Push Subscription', value: 'push_subscribe' },
	{ name: 'Push Tokens', value: 'push_tokens' },
	{ name: 'Random Bucket', value: 'random_bucket' },
	{ name: 'Time Zone', value: 'time_zone' },
	{ name: 'Total Revenue', value: 'total_revenue' },
	{ name: 'Uninstalled At', value: 'uninstalled_at' },
];

/** The choice of what to read of a profile. */
export const fieldsToExportField: INodeProperties = {
	displayName: 'Fields',
	name: 'fieldsToExport',
	type: 'multiOptions',
	options: EXPORTABLE_FIELDS,
	default: ['custom_attributes', 'email', 'first_name', 'last_name'],
	description: 'What to read. The IDs of a user always come along; a field without a value is left out.',
};

/** The chosen fields, without those that identify a user. */
export function readFieldsToExport(item: ItemParameters): readonly string[] {
	return item.choices(
		'fieldsToExport',
		EXPORTABLE_FIELDS.map(({ value }) => String(value)),
	);
}
