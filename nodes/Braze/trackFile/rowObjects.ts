import type { IDataObject } from 'n8n-workflow';
import { Failure, InvalidInput, shown } from '../../common/failure';
import { parseJson } from '../../common/json';
import { asNumber } from '../../common/parameters';
import { isRecord } from '../../common/record';
import { attributeCheck } from '../track/attributes';
import { CONTROL_FIELDS, IDENTIFYING_FIELDS } from '../track/identifier';
import { REJECTED_COLUMNS } from './rejectedColumns';
import type { ColumnKind, Inspected } from './columnKinds';
import type { FileSettings } from './settings';

/** What one row says, in the form of Braze's API: whose it is, as text, and the object without that. */
export interface RowObject {
	readonly user: readonly string[];
	readonly said: { readonly object: IDataObject } | PlainAttributes;
}

/** Attributes that are texts, numbers, booleans and removals under names that Braze takes; made without an object, which costs a third. */
export interface PlainAttributes {
	readonly count: number;
	/** The start of an object as pieces of JSON, to be gone on with: `{`, `"tier":`, `"gold"`, `,`, `"score":`, `1`, `,`. */
	readonly start: string[];
}

/** Makes an object of the cells of a row. Throws a `Failure` for a row that has none. */
export type RowMapping = (cells: readonly string[]) => RowObject;

/** How the rows of a CSV file become objects. */
export interface CsvMapping {
	readonly map: RowMapping;
	/** What the cells of each column that is sent become. */
	readonly kinds: Readonly<Record<string, ColumnKind>>;
}

const PROPERTIES = 'properties';
const PREFIX = `${PROPERTIES}.`;

/** What an event and a purchase consist of, beside who and the properties. */
const FIELDS = {
	attributes: { required: [], allowed: [] },
	events: { required: ['name', 'time'], allowed: ['name', 'time', 'app_id'] },
	purchases: {
		required: ['product_id', 'currency', 'price', 'time'],
		allowed: ['product_id', 'currency', 'price', 'quantity', 'time', 'app_id'],
	},
} as const satisfies Record<
	FileSettings['lane'],
	{ required: readonly string[]; allowed: readonly string[] }
>;

/** One column that goes into the object: where, and as what. */
interface Target {
	readonly column: number;
	readonly name: string;
	/** From the object on; one name unless columns are nested. */
	readonly path: readonly string[];
	readonly kind: ColumnKind;
}

/**
 * How the rows of a CSV file with this header become objects.
 * @throws {Failure} when a column is missing, or one has no place
 */
export function csvMapping({ header, kinds }: Inspected, settings: FileSettings): CsvMapping {
	const columns = new Map(header.map((name, column) => [name, column]));
	const need = (name: string, what: string): number => {
		const column = columns.get(name);
		if (column !== undefined) return column;
		throw new Failure({
			message: `The file has no column "${name}"${what}`,
			description: `Its first row reads: ${header.slice(0, 40).map(shown).join(', ')}. Check the delimiter and the names of the columns.`,
		});
	};
	const users = settings.userFields.map((name) => need(name, ' to identify users by'));
	for (const name of settings.leaveOut) need(name, ' to leave out');
	for (const name of settings.kinds.keys()) need(name, ', which the options name');
	for (const name of FIELDS[settings.lane].required) need(name, `, which ${settings.lane} need`);
	const left = new Set<string>([
		...settings.userFields,
		...IDENTIFYING_FIELDS[settings.by],
		...settings.leaveOut,
		...REJECTED_COLUMNS,
	]);
	const targets = header.flatMap((name, column): Target[] =>
		left.has(name)
			? []
			: [
					{
						column,
						name,
						path: pathOf(name, settings),
						kind: kindOf(name, kinds[column] ?? 'text', settings),
					},
				],
	);
	checkPaths(targets);
	const removes = settings.lane === 'attributes' && settings.emptyCells === 'remove';
	const isPlain =
		settings.lane === 'attributes' && targets.every(({ path, kind }) => path.length === 1 && kind !== 'json');
	// What is wrong with a name is wrong with every row.
	if (settings.lane === 'attributes') checkNames(targets);
	const [onlyUser = 0] = users;
	const userOf: (cells: readonly string[]) => readonly string[] =
		users.length === 1
			? (cells) => [(cells[onlyUser] ?? '').trim()]
			: (cells) => users.map((column) => (cells[column] ?? '').trim());
	const plain = isPlain ? plainAttributes(targets, removes) : undefined;
	return {
		map: (cells) => ({
			user: userOf(cells),
			said: plain === undefined ? { object: objectOf(targets, cells, removes) } : plain(cells),
		}),
		kinds: Object.fromEntries(targets.map(({ name, kind }) => [name, kind])),
	};
}

/**
 * How the lines of an NDJSON file become objects: each is one already.
 */
export function ndjsonMapping(settings: FileSettings): RowMapping {
	const left = new Set<string>([
		...settings.userFields,
		...IDENTIFYING_FIELDS[settings.by],
		...settings.leaveOut,
	]);
	const { allowed }: { allowed: readonly string[] } = FIELDS[settings.lane];
	const known = new Set([...allowed, PROPERTIES, '_update_existing_only']);
	return ([line = '']) => {
		const parsed = parseJson(line);
		if (!('value' in parsed)) throw new Failure({ message: `The line is no JSON: ${parsed.problem}` });
		const { value } = parsed;
		if (!isRecord(value)) throw new Failure({ message: `The line is ${shown(value)}, and no JSON object` });
		const fields = Object.entries(value).filter(([name]) => !left.has(name));
		if (settings.lane !== 'attributes') {
			const stray = fields.find(([name]) => !known.has(name));
			if (stray) throw strayField(stray[0], settings.lane);
		}
		const alias = isRecord(value.user_alias) ? value.user_alias : {};
		return {
			user: settings.userFields.map((name) => textOf(value[name] ?? alias[name])),
			said: { object: Object.fromEntries(fields) },
		};
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function pathOf(name: string, { lane, nests }: FileSettings): readonly string[] {
	const parts = (text: string): string[] => (nests ? text.split('.') : [text]);
	if (lane === 'attributes') return parts(name);
	if (name.startsWith(PREFIX)) return [PROPERTIES, ...parts(name.slice(PREFIX.length))];
	const { allowed }: { allowed: readonly string[] } = FIELDS[lane];
	if (allowed.includes(name)) return [name];
	throw strayField(name, lane);
}

function strayField(name: string, lane: FileSettings['lane']): Failure {
	return new Failure({
		message: `"${name}" has no place in ${lane}`,
		description: `Call it "${PREFIX}${name}" to send it as a property, or name it in "Columns to Leave Out".`,
	});
}

function kindOf(name: string, detected: ColumnKind, { lane, kinds, detects }: FileSettings): ColumnKind {
	const chosen = kinds.get(name);
	if (chosen !== undefined) return chosen;
	const isField = lane !== 'attributes' && !name.startsWith(PREFIX);
	return isField || !detects ? 'text' : detected;
}

/** Refuses names that are none of attributes. */
function checkNames(targets: readonly Target[]): void {
	const control = targets.find(({ name }) => CONTROL_FIELDS.has(name));
	if (control) {
		throw new Failure({
			message: `The column "${control.name}" is no attribute`,
			description: 'Braze takes it for a setting. Use the options instead, and leave the column out.',
		});
	}
	attributeCheck()(objectOf(targets, [], true));
}

/** Refuses a column that would be both a value and an object of others. */
function checkPaths(targets: readonly Target[]): void {
	const paths = new Map(targets.map(({ path, name }) => [JSON.stringify(path), name]));
	for (const { name, path } of targets) {
		for (let length = 1; length < path.length; length++) {
			const other = paths.get(JSON.stringify(path.slice(0, length)));
			if (other === undefined) continue;
			throw new Failure({
				message: `The columns "${other}" and "${name}" can't both be sent: one would be part of the other`,
				description: 'Leave one of them out, or switch "Nested Columns" off.',
			});
		}
	}
}

function objectOf(targets: readonly Target[], cells: readonly string[], removes: boolean): IDataObject {
	const values: Leaf[] = [];
	for (const { column, name, path, kind } of targets) {
		const cell = cells[column] ?? '';
		if (cell !== '') values.push([path, valueOf(cell, kind, name)]);
		else if (removes) values.push([path, null]);
	}
	return nested(values);
}

function plainAttributes(
	targets: readonly Target[],
	removes: boolean,
): (cells: readonly string[]) => PlainAttributes {
	const columns = targets.map(({ column, name, kind }) => ({
		column,
		name,
		kind,
		key: `${JSON.stringify(name)}:`,
	}));
	return (cells) => {
		const start = ['{'];
		let count = 0;
		for (const { column, name, kind, key } of columns) {
			const cell = cells[column] ?? '';
			if (cell === '' && !removes) continue;
			start.push(key, cell === '' ? 'null' : JSON.stringify(valueOf(cell, kind, name)), ',');
			count++;
		}
		return { count, start };
	};
}

/** A value, and where it goes. */
type Leaf = readonly [path: readonly string[], value: IDataObject[string]];

/** Objects within objects, without a name like `__proto__` meaning anything. */
function nested(values: readonly Leaf[], depth = 0): IDataObject {
	const groups = new Map<string, Leaf[]>();
	const entries: Array<[string, IDataObject[string]]> = [];
	for (const leaf of values) {
		const [path, value] = leaf;
		const name = path[depth] ?? '';
		if (path.length === depth + 1) {
			entries.push([name, value]);
			continue;
		}
		const group = groups.get(name);
		if (group) group.push(leaf);
		else groups.set(name, [leaf]);
	}
	for (const [name, group] of groups) entries.push([name, nested(group, depth + 1)]);
	return Object.fromEntries(entries);
}

/** @throws {InvalidInput} for a cell that is not what its column holds */
function valueOf(cell: string, kind: ColumnKind, name: string): IDataObject[string] {
	switch (kind) {
		case 'text':
			return cell;
		case 'number': {
			const number = asNumber(cell);
			if (Number.isFinite(number)) return number;
			throw new InvalidInput(name, `is ${shown(cell)}, which is no number`, 'Enter a number such as 12.5.');
		}
		case 'boolean':
			return cell.toLowerCase() === 'true';
		case 'json': {
			const parsed = parseJson(cell);
			if ('value' in parsed) return parsed.value as IDataObject[string];
			throw new InvalidInput(name, `is no JSON: ${parsed.problem}`, 'Enter JSON such as ["a", "b"].');
		}
	}
}
