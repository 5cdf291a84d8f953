import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readMoment } from '../../../common/moment';
import type { ItemParameters } from '../../../common/parameters';
import { withoutEmpty } from '../../optionValues';

/** What can be set on a campaign whatever its type. */
export const campaignSettingsFields: readonly INodeProperties[] = [
	{
		displayName: 'Category',
		name: 'category',
		type: 'string',
		default: '',
		placeholder: 'e.g. Newsletter',
	},
	{
		displayName: 'Customers Join Automatically',
		name: 'autoJoin',
		type: 'boolean',
		default: false,
		description: 'Whether customers join as soon as they meet the rules',
	},
	{
		displayName: 'Customers Join Only Once',
		name: 'joinOnce',
		type: 'boolean',
		default: true,
		description: 'Whether a customer gets one code of the campaign at most',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. For everybody who reads the newsletter',
	},
	{
		displayName: 'Duration After Publishing',
		name: 'activityDuration',
		type: 'string',
		default: '',
		placeholder: 'e.g. P30D',
		description: 'How long a code is valid once it was published, as an ISO 8601 duration',
	},
	{
		displayName: 'Expiration Date',
		name: 'expirationDate',
		type: 'dateTime',
		default: '',
		description: 'When its codes cease to be valid',
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: "Custom fields of the campaign, as your project's metadata schema has them",
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		description: 'When its codes begin to be valid',
	},
];

/** The form field for what has no field of its own. */
export const moreField: INodeProperties = {
	displayName: 'More Fields (JSON)',
	name: 'more',
	type: 'json',
	default: '{}',
	description:
		'Anything else that the API takes, by its own names, e.g. {"validity_day_of_week": [1, 2]}. Its fields win over those of the form; the fields of "voucher" are added to those of the form.',
};

/** Reads the settings as request bodies have them; what was not added is left out. */
export function readCampaignSettings(item: ItemParameters): IDataObject {
	return withoutEmpty({
		description: item.optionText('settings', 'description'),
		category: item.optionText('settings', 'category'),
		auto_join: item.optionFlag('settings', 'autoJoin'),
		join_once: item.optionFlag('settings', 'joinOnce'),
		start_date: readMoment(item, 'settings', 'startDate'),
		expiration_date: readMoment(item, 'settings', 'expirationDate'),
		activity_duration_after_publishing: item.optionText('settings', 'activityDuration'),
		metadata: item.objectOption('settings', 'metadata'),
	});
}
