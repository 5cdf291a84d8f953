import { invalid } from '../errors.mts';
import { isObject } from '../json.mts';
import { type FilterFields, readFilters } from '../conditions.mts';
import type { ExportSource } from './source.mts';

/** Size of the pieces that a file is sent in, in characters. */
const CHUNK = 128 * 1024;

/** Rows that can be read by number, so that a million of them need not exist at once. */
export interface Rows<Row> {
	readonly count: number;
	at(index: number): Row;
}

/** An object that can be exported. */
export interface TableDefinition<Row> {
	/** All fields but `metadata`; the text is what stands in the file. */
	readonly fields: Readonly<Record<string, (row: Row, source: ExportSource) => string>>;
	/** Fields of a file for which none were asked. */
	readonly defaultFields: readonly string[];
	/** What `metadata` expands to. */
	readonly metadataKeys: readonly string[];
	readonly metadata: (row: Row) => Readonly<Record<string, unknown>>;
	readonly filters: (source: ExportSource) => FilterFields<Row>;
	/** Fields to order by; `stored` stands for the order in which rows come. */
	readonly orders: Readonly<Record<string, 'stored' | ((row: Row) => string | number)>>;
	/** Oldest first. Throws 404 for a campaign that does not exist. */
	readonly rows: (source: ExportSource, campaignId: string | undefined) => Rows<Row>;
}

/** A table whose rows' type is nobody else's business. */
export interface Table {
	/** Throws 400 `invalid_export_fields` or `invalid_payload`, or 404 for an unknown campaign. */
	check(parameters: unknown, source: ExportSource): void;
	/** The file in pieces, header first. */
	csv(parameters: unknown, source: ExportSource): Generator<string>;
}

/** Makes a table out of its definition. */
export function table<Row>(definition: TableDefinition<Row>): Table {
	return {
		check: (parameters, source) => void readParameters(definition, parameters, source),
		csv: (parameters, source) => write(readParameters(definition, parameters, source), source),
	};
}

interface Column<Row> {
	readonly label: string;
	readonly text: (row: Row, source: ExportSource) => string;
}

interface Plan<Row> {
	readonly columns: readonly Column<Row>[];
	readonly keep: ((row: Row) => boolean) | undefined;
	readonly rows: () => Rows<Row>;
}

function readParameters<Row>(
	definition: TableDefinition<Row>,
	given: unknown,
	source: ExportSource,
): Plan<Row> {
	const parameters = given ?? {};
	if (!isObject(parameters)) throw wrong('Property .parameters should be an object');
	const { fields, order, filters, campaign_id: campaignId } = parameters;
	if (campaignId !== undefined && typeof campaignId !== 'string')
		throw wrong('.campaign_id should be a string');
	const stored = definition.rows(source, campaignId);
	return {
		columns: readFields(definition, fields),
		keep: readFilters(filters, definition.filters(source)),
		rows: readOrder(definition, order, stored),
	};
}

function readFields<Row>(definition: TableDefinition<Row>, given: unknown): Column<Row>[] {
	const fields = given ?? definition.defaultFields;
	if (!Array.isArray(fields)) throw wrongFields('Property .parameters.fields should be an array');
	return fields.flatMap((field): Column<Row>[] => {
		if (field === 'metadata') {
			const { metadata } = definition;
			return definition.metadataKeys.map((key) => ({ label: key, text: (row) => cell(metadata(row)[key]) }));
		}
		const text =
			typeof field === 'string' && Object.hasOwn(definition.fields, field) && definition.fields[field];
		if (!text) throw wrongFields(`Field ${String(field)} cannot be exported`);
		return [{ label: displayLabel(field), text }];
	});
}

function readOrder<Row>(
	definition: TableDefinition<Row>,
	given: unknown,
	stored: Rows<Row>,
): () => Rows<Row> {
	if (given === undefined || given === null || given === '') return () => stored;
	const name = String(given);
	const descending = name.startsWith('-');
	const field = descending ? name.slice(1) : name;
	const key = Object.hasOwn(definition.orders, field) ? definition.orders[field] : undefined;
	if (key === undefined) throw wrong(`Property .parameters.order cannot be ${name}`);
	if (key !== 'stored') return () => sorted(stored, key, descending);
	return () => (descending ? { count: stored.count, at: (i) => stored.at(stored.count - 1 - i) } : stored);
}

function sorted<Row>(rows: Rows<Row>, key: (row: Row) => string | number, descending: boolean): Rows<Row> {
	const sign = descending ? -1 : 1;
	const ordered = Array.from({ length: rows.count }, (_, i) => {
		const row = rows.at(i);
		return { row, key: key(row) };
	}).sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
	return fromArray(ordered.map(({ row }) => row));
}

/** Rows that are there already. */
export function fromArray<Row>(array: readonly Row[]): Rows<Row> {
	return {
		count: array.length,
		at: (index) => {
			const row = array[index];
			if (row === undefined) throw new RangeError(`There is no row ${index}.`);
			return row;
		},
	};
}

function* write<Row>({ columns, keep, rows: ordered }: Plan<Row>, source: ExportSource): Generator<string> {
	const rows = ordered();
	let chunk = columns.map(({ label }) => escaped(label)).join(',') + '\n';
	for (let i = 0; i < rows.count; i++) {
		const row = rows.at(i);
		if (keep !== undefined && !keep(row)) continue;
		for (let c = 0; c < columns.length; c++) {
			if (c > 0) chunk += ',';
			chunk += escaped(columns[c]?.text(row, source) ?? '');
		}
		chunk += '\n';
		if (chunk.length < CHUNK) continue;
		yield chunk;
		chunk = '';
	}
	if (chunk !== '') yield chunk;
}

function escaped(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cell(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The header of a field: `customer_source_id` becomes `Customer Source ID`. */
export function displayLabel(field: string): string {
	return field
		.split('_')
		.map((word) =>
			word === 'id' || word === 'qr' ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
		)
		.join(' ');
}

function wrong(details: string): Error {
	return invalid('invalid_payload', 'Invalid payload', details);
}

function wrongFields(details: string): Error {
	return invalid('invalid_export_fields', 'Invalid export fields', details);
}
