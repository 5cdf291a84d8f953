import { CsvColumn } from '../../../common/csvColumn';
import { readDelimiter } from '../../../common/csvFields';
import { checkFileField, readFileField } from '../../../common/fileField';
import type { InputFile } from '../../../common/files';
import { plural } from '../../../common/hint';
import { readMoment } from '../../../common/moment';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { plainText } from '../../../common/plainText';
import { breather } from '../../../common/wait';
import { CodeColumn } from '../../promotionCodes/codeColumn';
import { ListedCodes } from '../../promotionCodes/listedCodes';
import { Stock } from '../../promotionCodes/stock';
import { stockReport, type LowStock } from '../../promotionCodes/stockReport';
import { checkStockFields } from './checkStockFields';

interface Input {
	readonly index: number;
	/** The binary field with the export from Voucherify. */
	readonly field: string;
	/** The one with the list as it was uploaded, if that is at hand. */
	readonly listField: string | undefined;
	readonly messagesSent: number;
	/** In ms since the epoch. */
	readonly expiresAt: number | undefined;
	/** As a byte. */
	readonly delimiter: number;
	readonly low: LowStock;
	readonly now: number;
}

/** Braze keeps a list for six months at most, which are 184 days at most; and a day for what time zones make of it. */
const LONGEST_LIFE = 185 * 24 * 60 * 60 * 1000;

export const checkStock = perItem<Input>({
	name: 'checkStock',
	displayName: 'Check Stock',
	action: 'Check the stock of a promotion code list',
	description:
		'Find out how many codes of a list can be left at most, and whether that is low, by an export from Voucherify',
	offline: true,
	fields: checkStockFields,
	read,
	run: check,
});

function read(item: ItemParameters): Input {
	const now = Date.now();
	return {
		index: item.index,
		field: readFileField(item),
		listField: readListField(item),
		messagesSent: item.optionCount('options', 'messagesSent', 0, Number.MAX_SAFE_INTEGER) ?? 0,
		expiresAt: readExpiry(item, now),
		delimiter: readDelimiter(item).charCodeAt(0),
		low: {
			codes: item.count('lowCodes', 0, Number.MAX_SAFE_INTEGER),
			percent: item.count('lowPercent', 0, 100),
			days: item.count('lowDays', 0, 184),
		},
		now,
	};
}

function readListField(item: ItemParameters): string | undefined {
	const field = item.optionText('options', 'listField');
	if (field !== '') checkFileField(item, 'listField', field);
	return field === '' ? undefined : field;
}

function readExpiry(item: ItemParameters, now: number): number | undefined {
	const text = readMoment(item, 'options', 'listExpiresAt');
	if (text === '') return undefined;
	const expiresAt = Date.parse(text);
	if (expiresAt - now <= LONGEST_LIFE) return expiresAt;
	throw item.invalid(
		'listExpiresAt',
		`is ${text}`,
		'Braze keeps a list for six months at most. Enter the date that it shows for the list.',
	);
}

async function check(input: Input, run: Run): Promise<readonly OutputItem[]> {
	const { index, field, listField, expiresAt, now, low, messagesSent, delimiter } = input;
	const list =
		listField === undefined ? undefined : await readList(run.files.input(index, listField), delimiter, run);
	const stock = new Stock(list, now, expiresAt, delimiter);
	await readThrough(run.files.input(index, field), stock, run);
	const report = stockReport(stock.counts, { listed: list?.size, messagesSent, expiresAt, now }, low);
	const { codes, left, reasons } = report;
	run.note(`At most ${plural(Number(left), 'code')} of ${Number(codes).toLocaleString('en-US')} can be left`);
	if (Array.isArray(reasons)) for (const reason of reasons) run.note(String(reason));
	return [{ json: report }];
}

async function readList(file: InputFile, delimiter: number, run: Run): Promise<ListedCodes> {
	const list = new ListedCodes();
	const column = new CsvColumn(new CodeColumn(list, '', 'auto'), delimiter);
	await readThrough(file, column, run, (part) => list.progress(part));
	return list;
}

/** @param progress told how much of the file has been read, from 0 to 1 */
async function readThrough(
	file: InputFile,
	reader: { read(chunk: Buffer): void; end(): void },
	run: Run,
	progress: (part: number) => void = () => {},
): Promise<void> {
	const rest = breather(run.signal);
	let bytes = 0;
	for await (const chunk of plainText(await file.open(), file.name)) {
		reader.read(chunk);
		bytes += chunk.length;
		progress(Math.min(1, bytes / (file.size ?? Infinity)));
		await rest();
	}
	reader.end();
}
