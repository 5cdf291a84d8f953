import { perItem } from '../../../common/operation';
import { csvImportFields, importCsv, readCsvImport, type CsvImport } from '../asyncAction/csvImport';

interface Input extends CsvImport {
	readonly events: boolean;
}

export const importCsvFile = perItem<Input>({
	name: 'importCsv',
	displayName: 'Import CSV File',
	action: 'Import vouchers from a CSV file',
	description:
		'Create vouchers outside of campaigns from a CSV file in a binary field, with columns such as Code, Voucher Type and Value',
	fields: [
		...csvImportFields({
			displayName: 'Send Events',
			name: 'events',
			type: 'boolean',
			default: false,
			description: 'Whether Voucherify sends a "voucher created" event for each row',
		}),
	],
	read: (item) => ({ ...readCsvImport(item), events: item.flag('events') }),
	// The codes of an import that did arrive would be refused as taken.
	run: async (input, run) =>
		await importCsv(run, input, '/v1/vouchers/importCSV', {
			repeatable: false,
			fields: { webhooks_enable: String(input.events) },
		}),
});
