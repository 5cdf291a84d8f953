import { perItem } from '../../../common/operation';
import { fileFields, readFileSettings, type FileSettings } from '../../trackFile/settings';
import { trackFile } from '../../trackFile/trackFile';

/** The rows of a file of any size as attributes, events or purchases, in as few requests as Braze's limits allow. */
export const trackFromFile = perItem<FileSettings>({
	name: 'trackFromFile',
	displayName: 'Track From File',
	action: 'Track users from a file',
	description:
		'Put the rows of a CSV or NDJSON file of any size on profiles, as attributes, events or purchases, and get a file of the rows that were rejected',
	fields: fileFields,
	read: readFileSettings,
	run: trackFile,
});
