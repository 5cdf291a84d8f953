import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { readDelimiter } from '../../../common/csvFields';
import { Failure, shown } from '../../../common/failure';
import { readFileField } from '../../../common/fileField';
import { transformed } from '../../../common/files';
import { plural } from '../../../common/hint';
import { ofAllItems, type OutputItem, type Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { FIRST_ROWS } from '../../promotionCodes/codeColumn';
import { CodeList, NEXT_FILE } from '../../promotionCodes/codeList';
import { codesOfItem } from '../../promotionCodes/codesOfItem';
import { piecesOfFiles, piecesOfItems, type CsvForm } from '../../promotionCodes/pieces';
import { LONGEST_CODE } from '../../promotionCodes/problem';
import { CODE_SOURCES, formatListFields, LARGEST_FILE } from './formatListFields';

/** What one item brings: the name of the binary field that holds its file, or its codes. */
type Input =
	| { readonly index: number; readonly field: string }
	| { readonly index: number; readonly codes: readonly string[] };

interface Settings {
	readonly form: CsvForm;
	readonly fileName: string;
	/** In bytes. */
	readonly largestFile: number;
	readonly outputField: string;
}

/** Braze keeps at most so many unused codes on a list. */
const MOST_CODES = 20_000_000;

export const formatList = ofAllItems<Input>({
	name: 'formatList',
	displayName: 'Format List',
	action: 'Format a promotion code list',
	description:
		'Make the files that Braze takes as a promotion code list: one code a row, no header, no code twice',
	offline: true,
	fields: formatListFields,
	read,
	run: async (inputs, fixed, run) => await format(inputs, readSettings(fixed), run),
});

function read(item: ItemParameters): Input {
	const { index } = item;
	if (item.choice('codesFrom', CODE_SOURCES) === 'file')
		return { index, field: readFileField(item, 'binaryPropertyName') };
	return { index, codes: codesOfItem(item.json, item.text('codeField')) ?? [''] };
}

function readSettings(fixed: ItemParameters): Settings {
	const choice = <T>(name: string, values: readonly T[], otherwise: T): T => {
		const value = fixed.option('options', name) ?? otherwise;
		const found = values.find((known) => known === value);
		if (found !== undefined) return found;
		throw fixed.invalid(name, `is ${shown(value)}`, 'Choose one of the list.');
	};
	const megabytes = Number(fixed.option('options', 'largestFile') ?? LARGEST_FILE);
	const largestFile = Math.floor(megabytes * 1e6);
	// In UTF-8, a character takes up to four bytes.
	if (!(largestFile > 4 * LONGEST_CODE && megabytes <= LARGEST_FILE)) {
		throw fixed.invalid(
			'largestFile',
			`is ${shown(megabytes)}`,
			`Enter a number from 0.002 to ${LARGEST_FILE}.`,
		);
	}
	return {
		form: {
			column: fixed.text('column'),
			firstRow: choice('firstRow', FIRST_ROWS, 'auto'),
			delimiter: readDelimiter(fixed).charCodeAt(0),
		},
		fileName: fixed.optionText('options', 'fileName') || 'promotion-codes.csv',
		largestFile,
		outputField: fixed.optionText('options', 'outputField') || 'data',
	};
}

async function format(
	inputs: readonly Input[],
	settings: Settings,
	run: Run,
): Promise<readonly OutputItem[]> {
	const list = new CodeList(settings.largestFile);
	const files = inputs.flatMap((input) =>
		'field' in input ? [run.files.input(input.index, input.field)] : [],
	);
	const first = await files[0]?.open();
	const pieces =
		first === undefined
			? piecesOfItems(inputs.map(codesOf), list, run.signal)
			: piecesOfFiles(files, first, list, settings.form, run.signal);
	const written: IBinaryData[] = [];
	try {
		let next = await pieces.next();
		if (next.done === true) throw nothingFound(list);
		// Each file is written from where the one before it ended: the list is made once, and never held as a whole.
		const file = async function* (): AsyncGenerator<Buffer> {
			for (; next.done !== true && next.value !== NEXT_FILE; next = await pieces.next()) yield next.value;
		};
		while (next.done !== true) {
			if (next.value === NEXT_FILE) next = await pieces.next();
			const bytes = first === undefined ? file() : transformed(first, file);
			written.push(await run.files.write(bytes, numbered(settings.fileName, written.length + 1), 'text/csv'));
		}
	} finally {
		await pieces.return(undefined);
	}
	say(list, run);
	return written.map((binary, index) => ({
		json: summary(list, binary, index),
		binary: { [settings.outputField]: binary },
	}));
}

function codesOf(input: Input): { readonly index: number; readonly codes: readonly string[] } {
	return 'codes' in input ? input : { index: input.index, codes: [] };
}

/** `codes.csv`, `codes-2.csv` … */
function numbered(name: string, number: number): string {
	if (number === 1) return name;
	const dot = name.lastIndexOf('.');
	return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}

function summary(list: CodeList, { fileName }: IBinaryData, index: number): IDataObject {
	const { report, trimmed, size, files } = list;
	return {
		fileName,
		...files[index],
		file: index + 1,
		files: files.length,
		list: { codes: size, rows: size + report.dropped, dropped: report.dropped, trimmed },
		dropped: report.toJson(),
	};
}

function say(list: CodeList, run: Run): void {
	run.note(`${plural(list.size, 'code')} on the list`);
	if (list.report.dropped > 0) run.note(`Left out: ${list.report.inWords()}`);
	if (list.files.length > 1) {
		run.note(
			`The list makes ${list.files.length} files. Upload them one after the other to the same list in Braze.`,
		);
	}
	if (list.size > MOST_CODES) {
		run.note(
			`Braze keeps at most ${plural(MOST_CODES, 'unused code')} on a list. Spread these over several lists.`,
		);
	}
}

function nothingFound({ report }: CodeList): Failure {
	return new Failure({
		message: 'No code was found to put on the list',
		description:
			report.dropped === 0
				? 'The input is empty.'
				: `What was found can't be used: ${report.inWords()}. Check where the codes are read from: enter the name of a field or column, not a value.`,
		context: { dropped: report.toJson() },
	});
}
