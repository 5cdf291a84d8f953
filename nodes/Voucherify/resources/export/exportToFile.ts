import type { IDataObject } from 'n8n-workflow';
import { asFailure } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { fileName, outputField, readOutputField } from '../../../common/outputFile';
import type { ItemParameters } from '../../../common/parameters';
import { longestWaitField, readLongestWait } from '../../../common/polling';
import { textOf } from '../../answer';
import { findCampaign } from '../campaign/campaign';
import { CAMPAIGN_REMEDY, campaignField } from '../campaign/campaignField';
import { fieldsField, filtersField, orderField, readFields, readOrder } from './exportFields';
import { saved } from './exportFile';
import { createExport, deleteExport, fileAddress, idOf, whenDone } from './exportJob';

interface Input {
	readonly campaign: string;
	readonly fields: readonly string[];
	readonly order: string;
	readonly filters: IDataObject;
	readonly outputField: string;
	/** Empty for a name made of the campaign's and the date. */
	readonly fileName: string;
	/** In ms. */
	readonly longestWait: number;
	readonly deleteAfterwards: boolean;
}

export const exportToFile = perItem<Input>({
	name: 'exportToFile',
	displayName: 'Export to File',
	action: 'Export vouchers to a file',
	description: 'Export the codes of a campaign, wait for it, and get the CSV file, however many they are',
	fields: [
		{ ...campaignField, description: 'The campaign whose codes to export' },
		fieldsField('voucher', ['code']),
		outputField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Delete Export',
					name: 'deleteAfterwards',
					type: 'boolean',
					default: false,
					description: 'Whether to remove the export from Voucherify once its file is here',
				},
				{
					displayName: 'File Name',
					name: 'fileName',
					type: 'string',
					default: '',
					placeholder: 'e.g. summer-sale.csv',
					description: "How the file is called; the campaign's name and the date when empty",
				},
				filtersField,
				{
					...longestWaitField,
					description: 'How long to wait until Voucherify has made the file',
				},
				orderField('voucher'),
			],
		},
	],
	read,
	run: exportVouchers,
});

function read(item: ItemParameters): Input {
	return {
		campaign: item.located('campaign', CAMPAIGN_REMEDY),
		fields: readFields(item, 'voucher'),
		order: readOrder(item, item.optionText('options', 'order'), 'voucher'),
		filters: item.objectOption('options', 'filters'),
		outputField: readOutputField(item),
		fileName: item.optionText('options', 'fileName'),
		longestWait: readLongestWait(item),
		deleteAfterwards: item.option('options', 'deleteAfterwards') === true,
	};
}

async function exportVouchers(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { fields, order, filters } = input;
	const { id: campaignId, name } = await findCampaign(run, input.campaign);
	const created = await createExport(run, { object: 'voucher', fields, order, filters, campaignId });
	const exportId = idOf(created);
	run.log(`export ${exportId} of the campaign "${name}" was started`);
	const job = await whenDone(run, exportId, input.longestWait);
	const date = textOf(created.created_at)?.slice(0, 10) ?? '';
	const { json, binary, rows } = await saved(run, {
		address: fileAddress(job),
		name: fileName(input.fileName || `${name} ${date}.csv`),
		outputField: input.outputField,
		about: { exportId, campaign: { id: campaignId, name }, fields: [...fields] },
	});
	if (rows === 0) run.note(`The campaign "${name}" has no code that fits; its file holds a header alone`);
	if (input.deleteAfterwards) await removed(run, exportId);
	return [{ json, binary }];
}

/** Removes an export that has served. The file is here by now, so that a failure is no reason to fail. */
async function removed(run: Run, id: string): Promise<void> {
	await deleteExport(run, id).catch((error: unknown) => {
		run.note(`The export ${id} could not be deleted: ${asFailure(error).message}`);
	});
}
