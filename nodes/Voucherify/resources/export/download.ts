import { Failure } from '../../../common/failure';
import { perItem } from '../../../common/operation';
import { fileName, outputField, readOutputField } from '../../../common/outputFile';
import { exportIdField, readExportId } from './exportFields';
import { saved } from './exportFile';
import { fileAddress, getExport, isDone } from './exportJob';

interface Input {
	readonly id: string;
	readonly outputField: string;
}

export const download = perItem<Input>({
	name: 'download',
	displayName: 'Download',
	action: 'Download an export',
	description: 'Get the CSV file of an export that is done, of any size',
	fields: [exportIdField, outputField],
	read: (item) => ({ id: readExportId(item), outputField: readOutputField(item) }),
	run: async (input, run) => {
		const job = await getExport(run, input.id);
		if (!isDone(job)) {
			throw new Failure({
				message: `The export ${input.id} is not done yet`,
				description: `Its status is ${String(job.status)}. Wait a little, or use the operation Export to File, which waits by itself.`,
				code: 'export_not_done',
			});
		}
		const { json, binary } = await saved(run, {
			address: fileAddress(job),
			name: fileName(`${String(job.exported_object)}-${input.id}.csv`),
			outputField: input.outputField,
			about: { exportId: input.id, exportedObject: job.exported_object },
		});
		return [{ json, binary }];
	},
});
