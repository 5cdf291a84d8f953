import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { CsvRows } from '../../common/csvRows';
import { csvLine } from '../../common/csvText';
import { asFailure, Failure } from '../../common/failure';
import { transformed, type InputFile } from '../../common/files';
import { plural, ranges } from '../../common/hint';
import { NdjsonRows } from '../../common/ndjsonRows';
import type { OutputItem, Run } from '../../common/operation';
import { plainText } from '../../common/plainText';
import { inspect } from './columnKinds';
import { formatOf } from './fileFormat';
import { FileSender, type RowSource } from './fileSender';
import { keptCells, REJECTED_COLUMNS } from './rejectedColumns';
import { csvMapping, ndjsonMapping } from './rowObjects';
import type { FileSettings } from './settings';

/** How much of the file is read at once, in bytes: little, so that it is not held long. */
const CHUNK = 64 * 1024;

/** What holds the line of a rejected row of NDJSON. */
const LINE_COLUMN = 'line';

/**
 * Sends the rows of a file to Braze, and gives an item that says what became of them, with a file of those that were rejected.
 * @throws {Failure} for a file that can't be used, before anything is sent; and when the rest of a file could not be sent: it says how
 * many rows were accepted and where to go on, and carries the rows that were rejected
 */
export async function trackFile(settings: FileSettings, run: Run): Promise<readonly OutputItem[]> {
	const file = run.files.input(settings.index, settings.field);
	const format = await formatOf(file, settings);
	const { about, ...source } = format === 'csv' ? await csv(file, settings, run) : ndjson(file, settings);
	const sender = new FileSender(source, settings, run);
	const bytes = await file.open(CHUNK);
	const rejected = sender.rejectedRows(plainText(bytes, file.name));
	const stored = await storedRows(rejected, bytes, rejectedName(file.name), run).catch((error: unknown) =>
		asFailure(error),
	);
	await rejected.return(undefined);
	const binary =
		stored instanceof Failure || stored === undefined ? undefined : { [settings.rejectedField]: stored };
	const failure = stored instanceof Failure ? stored : sender.failure;
	if (failure) throw interrupted(failure, sender, settings, binary, run);
	const { ledger, requests, dataPoints, dataPointsSaved } = sender;
	const { accepted, unchanged } = ledger;
	const rows = accepted + ledger.rejected + unchanged;
	if (ledger.rejected > 0)
		run.note(`${source.name}: ${plural(ledger.rejected, 'row')} of ${rows.toLocaleString('en-US')} rejected`);
	const json: IDataObject = {
		fileName: file.name ?? '',
		format,
		rows,
		accepted,
		rejected: ledger.rejected,
		...(settings.skip === undefined ? {} : { unchanged, dataPointsSaved }),
		requests,
		dataPoints,
		...about,
	};
	return [binary === undefined ? { json } : { json, binary }];
}

type Source = RowSource & { readonly about: IDataObject };

async function csv(file: InputFile, settings: FileSettings, run: Run): Promise<Source> {
	const { delimiter } = settings;
	const inspected = await inspect(file, delimiter.charCodeAt(0), run);
	const { map, kinds } = csvMapping(inspected, settings);
	const kept = keptCells(inspected.header);
	return {
		reader: new CsvRows(delimiter.charCodeAt(0)),
		mapping: map,
		kept,
		rejectedHeader: csvLine([...REJECTED_COLUMNS, ...kept(inspected.header)], delimiter) + '\r\n',
		ofHowMany: ` of ${inspected.rows.toLocaleString('en-US')}`,
		name: nameOf(file),
		about: { columnTypes: { ...kinds } },
	};
}

function ndjson(file: InputFile, settings: FileSettings): Source {
	return {
		reader: new NdjsonRows(),
		mapping: ndjsonMapping(settings),
		kept: (cells) => cells,
		rejectedHeader: csvLine([...REJECTED_COLUMNS, LINE_COLUMN], settings.delimiter) + '\r\n',
		ofHowMany: '',
		name: nameOf(file),
		about: {},
	};
}

function nameOf({ name }: InputFile): string {
	return name === undefined ? 'the file' : `"${name}"`;
}

/** `users.csv` → `users-rejected.csv` */
function rejectedName(name = 'rows'): string {
	return `${name.replace(/\.[^.]*$/, '')}-rejected.csv`;
}

/**
 * Reads and sends everything, and stores what was rejected.
 * @param bytes the input, which tells how the output can be stored
 * @returns `undefined` when nothing was rejected
 */
async function storedRows(
	rejected: AsyncGenerator<Buffer>,
	bytes: AsyncIterable<Buffer>,
	name: string,
	run: Run,
): Promise<IBinaryData | undefined> {
	const first = await rejected.next();
	if (first.done === true) return undefined;
	async function* all(): AsyncGenerator<Buffer> {
		yield first.value;
		yield* rejected;
	}
	return await run.files.write(transformed(bytes, all), name, 'text/csv');
}

/** Adds to a failure in the middle of a file how far it had come. */
function interrupted(
	{ details }: Failure,
	{ ledger, requests, resumeAt }: FileSender,
	{ lane }: FileSettings,
	binary: IBinaryKeyData | undefined,
	run: Run,
): Failure {
	const { accepted, rejected, unchanged, acceptedBeyond, examples } = ledger;
	const beyond = ranges(acceptedBeyond);
	const again =
		lane === 'attributes'
			? 'sending them again changes nothing'
			: `take them out, or these ${lane} count twice`;
	const done = `${plural(accepted, 'row')} had been accepted by then, and ${plural(rejected, 'row')} rejected.`;
	const account = [
		...(accepted + rejected + unchanged === 0 ? ['No row had been accepted by then.'] : [done]),
		...(resumeAt > 2
			? [`To go on, set "Start at Row" to ${resumeAt}: every row before it is done with.`]
			: []),
		...(beyond === '' ? [] : [`Of the rows after it, these were accepted already: ${beyond}; ${again}.`]),
	].join(' ');
	run.log(`stopped: ${details.message}. ${account}`);
	return new Failure({
		...details,
		description: [details.description, account].filter(Boolean).join(' '),
		context: {
			...details.context,
			accepted,
			rejected,
			requests,
			resumeAtRow: resumeAt,
			...(beyond === '' ? {} : { acceptedBeyond: beyond }),
			rejectedRows: examples.map((row) => ({ ...row })),
		},
		binary,
	});
}
