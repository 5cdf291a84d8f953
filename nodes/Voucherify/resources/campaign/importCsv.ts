import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { csvImportFields, importCsv, readCsvImport, type CsvImport } from '../asyncAction/csvImport';
import { anyCampaignField, readCampaign } from './anyCampaignField';

interface Input extends CsvImport {
	readonly campaign: string;
}

export const importCsvFile = perItem<Input>({
	name: 'importCsv',
	displayName: 'Import Vouchers From CSV File',
	action: 'Import vouchers into a campaign from a CSV file',
	description:
		'Add codes to a campaign from a CSV file in a binary field, with a header of which Code is a column',
	fields: [anyCampaignField, ...csvImportFields()],
	read: (item) => ({ ...readCsvImport(item), campaign: readCampaign(item) }),
	// The codes of an import that did arrive would be refused as taken.
	run: async (input, run) =>
		await importCsv(run, input, path`/v1/campaigns/${input.campaign}/importCSV`, { repeatable: false }),
});
