import { perItem } from '../../../common/operation';
import { csvImportFields, importCsv, readCsvImport, type CsvImport } from '../asyncAction/csvImport';

export const importCsvFile = perItem<CsvImport>({
	name: 'importCsv',
	displayName: 'Import CSV File',
	action: 'Import customers from a CSV file',
	description:
		'Create or change customers from a CSV file in a binary field. Its header names columns such as Name, Email, Phone and Source_id; rows overwrite the profiles that they name.',
	fields: csvImportFields(),
	read: readCsvImport,
	run: async (file, run) => await importCsv(run, file, '/v1/customers/importCSV', { repeatable: true }),
});
