import { perItem } from '../../../common/operation';
import { exportIdField, readExportId } from './exportFields';
import { getExport, shownExport } from './exportJob';

export const get = perItem<string>({
	name: 'get',
	displayName: 'Get',
	action: 'Get an export',
	description:
		'See how far an export is. The address of its file comes without its token: use Download for the file.',
	fields: [exportIdField],
	read: readExportId,
	run: async (id, run) => [{ json: shownExport(await getExport(run, id)) }],
});
