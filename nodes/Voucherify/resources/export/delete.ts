import { perItem } from '../../../common/operation';
import { exportIdField, readExportId } from './exportFields';
import { deleteExport } from './exportJob';

export const remove = perItem<string>({
	name: 'delete',
	displayName: 'Delete',
	action: 'Delete an export',
	description: 'Remove an export and its file from Voucherify',
	fields: [exportIdField],
	read: readExportId,
	run: async (id, run) => {
		await deleteExport(run, id);
		return [{ json: { id, deleted: true } }];
	},
});
