import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import { transformed } from '../../../common/files';
import { plural } from '../../../common/hint';
import { joinedChunks } from '../../../common/joinedChunks';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { fileName, readOutputField } from '../../../common/outputFile';
import { readWanted } from '../../../common/pagingFields';
import type { ItemParameters } from '../../../common/parameters';
import { readLongestWait, untilDone } from '../../../common/polling';
import { breather } from '../../../common/wait';
import { objectOf } from '../../answer';
import { IDENTIFYING_EXPORTS, readFieldsToExport } from '../../exportFields';
import { filesOfSegment, UsersFile, usersOf } from '../../segmentArchive';
import { SEGMENT_REMEDY } from '../segment/segmentField';
import { ARCHIVE_FORMATS, exportSegmentFields, LONGEST_WAIT, MOST_ATTRIBUTES } from './exportSegmentFields';

interface Input {
	readonly segmentId: string;
	/** The request's body. */
	readonly order: IDataObject;
	readonly output: FileOutput | ItemsOutput;
	/** In ms. */
	readonly longestWait: number;
}

interface FileOutput {
	readonly kind: 'file';
	readonly field: string;
	readonly fileName: string;
}

interface ItemsOutput {
	readonly kind: 'items';
	/** How many users at most. */
	readonly wanted: number;
}

/** From so many items on, a file is the better choice: n8n takes about 6 KB of memory for a small item. */
const MANY_ITEMS = 50_000;

export const exportSegment = perItem<Input>({
	name: 'exportSegment',
	displayName: 'Export Segment',
	action: 'Export the users of a segment',
	description: 'Export the profiles of a segment, wait for them, and get a file of any size or items',
	fields: exportSegmentFields,
	read,
	run: async (input, run) => {
		const { url, objectPrefix } = await start(input, run);
		const archive = await whenReady(url, input, run);
		const { output, segmentId } = input;
		if (output.kind === 'items') return await asItems(archive, output, run);
		return [await asFile(archive, output, { segmentId, objectPrefix }, run)];
	},
});

function read(item: ItemParameters): Input {
	const segmentId = item.located('segment', SEGMENT_REMEDY);
	const attributes = readAttributes(item);
	const chosen = readFieldsToExport(item);
	// Asked for all custom attributes, Braze would not care which of them are named.
	const fields = attributes.length === 0 ? chosen : chosen.filter((name) => name !== 'custom_attributes');
	const callback = readCallback(item);
	const format = readFormat(item);
	return {
		segmentId,
		order: {
			segment_id: segmentId,
			fields_to_export: [...IDENTIFYING_EXPORTS, ...fields],
			...(attributes.length === 0 ? {} : { custom_attributes_to_export: attributes }),
			...(callback === '' ? {} : { callback_endpoint: callback }),
			...(format === undefined ? {} : { output_format: format }),
		},
		output:
			item.choice('output', ['file', 'items']) === 'file' ? fileOutput(item, segmentId) : itemsOutput(item),
		longestWait: readLongestWait(item, LONGEST_WAIT),
	};
}

function fileOutput(item: ItemParameters, segmentId: string): FileOutput {
	const date = new Date().toISOString().slice(0, 10);
	const name = item.optionText('options', 'fileName') || `segment ${segmentId} ${date}.ndjson`;
	return { kind: 'file', field: readOutputField(item), fileName: fileName(name) };
}

function itemsOutput(item: ItemParameters): ItemsOutput {
	return { kind: 'items', wanted: readWanted(item) };
}

function readAttributes(item: ItemParameters): string[] {
	const attributes = [...new Set(item.optionNames('options', 'customAttributes'))];
	if (attributes.length <= MOST_ATTRIBUTES) return attributes;
	throw item.invalid(
		'customAttributes',
		`names ${attributes.length} attributes`,
		`Braze takes at most ${MOST_ATTRIBUTES}. Remove some, or leave it empty and choose Custom Attributes in Fields for all.`,
	);
}

function readCallback(item: ItemParameters): string {
	const callback = item.optionText('options', 'callbackEndpoint');
	if (callback === '' || /^https?:\/\/[^/]/.test(callback)) return callback;
	throw item.invalid('callbackEndpoint', `is "${callback}"`, 'Enter an address that starts with https://.');
}

function readFormat(item: ItemParameters): string | undefined {
	const chosen = item.option('options', 'outputFormat');
	const format = ARCHIVE_FORMATS.find((known) => known === chosen);
	if (chosen === undefined || format !== undefined) return format;
	throw item.invalid('outputFormat', `is "${String(chosen)}"`, 'Choose one of the list.');
}

/**
 * Has Braze start the export. The request is sent again when its answer is lost: at worst, Braze says that it is at work already.
 * @throws {Failure} when Braze is exporting the segment already, or keeps the archive where n8n can't get it
 */
async function start(
	{ segmentId, order }: Input,
	run: Run,
): Promise<{ readonly url: string; readonly objectPrefix: string }> {
	const response = await run.client.send({
		method: 'POST',
		path: '/users/export/segment',
		body: order,
		repeatable: true,
		permission: 'users.export.segment',
		accept: ['busy'],
	});
	if (response.errorCode !== undefined) throw alreadyRunning(segmentId, response.status);
	const { url, object_prefix } = objectOf(response);
	const objectPrefix = typeof object_prefix === 'string' ? object_prefix : '';
	if (typeof url !== 'string' || url === '') throw inOwnStorage(segmentId, objectPrefix);
	run.log(`the export ${objectPrefix} of the segment ${segmentId} was started`);
	return { url, objectPrefix };
}

async function whenReady(
	url: string,
	{ segmentId, longestWait }: Input,
	run: Run,
): Promise<AsyncIterable<Buffer>> {
	const job = {
		name: `export of the segment ${segmentId}`,
		look: async () => await run.client.downloadIfThere(url),
		remedy: 'Raise "Wait at Most", or export fewer users or fields.',
	};
	return await untilDone(run, job, longestWait);
}

async function asFile(
	archive: AsyncIterable<Buffer>,
	{ field, fileName: name }: FileOutput,
	about: IDataObject,
	run: Run,
): Promise<OutputItem> {
	const file = new UsersFile();
	const bytes = transformed(archive, (chunks) => joinedChunks(file.joined(filesOfSegment(chunks))));
	const binary = await run.files.write(bytes, name, 'application/x-ndjson');
	const { users, files, size } = file;
	run.note(`${plural(users, 'user')} in the file`);
	return { json: { ...about, users, files, size, fileName: name }, binary: { [field]: binary } };
}

async function asItems(
	archive: AsyncIterable<Buffer>,
	{ wanted }: ItemsOutput,
	run: Run,
): Promise<readonly OutputItem[]> {
	const rest = breather(run.signal);
	const items: OutputItem[] = [];
	for await (const json of usersOf(filesOfSegment(archive))) {
		if (items.length === wanted) {
			run.note(`The segment has more than the ${plural(wanted, 'user')} of "Limit"`);
			break;
		}
		items.push({ json });
		await rest();
	}
	if (items.length > MANY_ITEMS)
		run.note(
			`${plural(items.length, 'user')} became items, which take n8n several kilobytes of memory each: choose the output File for so many`,
		);
	return items;
}

function alreadyRunning(segmentId: string, status: number): Failure {
	return new Failure({
		message: `Braze is exporting the segment ${segmentId} already`,
		description:
			'It makes one export of a segment at a time. Wait until that one is done, then run this again. If the same segment comes in with several items, set the node to "Execute Once".',
		status,
		code: 'export_in_progress',
	});
}

function inOwnStorage(segmentId: string, objectPrefix: string): Failure {
	return new Failure({
		message: `Braze puts the export of the segment ${segmentId} into your own cloud storage, where this node can't get it`,
		description: `The export was started. Its files will lie under segment-export/${segmentId}/, in the folder of the day and "${objectPrefix}". Get them with n8n's node for your storage, for example AWS S3.`,
		context: { object_prefix: objectPrefix },
		code: 'own_cloud_storage',
	});
}
