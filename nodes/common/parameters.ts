import {
	type FieldType,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type ResourceMapperField,
	type ResourceMapperValue,
	validateFieldType,
} from 'n8n-workflow';
import { InvalidInput, shown } from './failure';
import { fieldPath, readField } from './fieldPath';
import { parseJson } from './json';
import { listed } from './listed';
import { isRecord } from './record';

type Reader = (index: number) => unknown;

/**
 * Reads a node's parameters: once when they are fixed, from the item's JSON when they name a field of it, and through n8n's expression
 * engine (0.4 ms an item) only for every other expression.
 */
export class Parameters {
	private readonly readers = new Map<string, Reader>();
	private readonly stored = new Map<string, unknown>();
	private readonly items: readonly INodeExecutionData[];
	private readonly labels: ReadonlyMap<string, string>;
	/** As a tool of an agent, a node has the agent's item for `$json`, and not its own. */
	private readonly asTool: boolean;

	/** @param fields the fields of the chosen operation, for their display names */
	constructor(
		private readonly functions: IExecuteFunctions,
		fields: readonly INodeProperties[],
	) {
		this.items = functions.getInputData();
		this.labels = new Map(fields.flatMap(labelsOf));
		this.asTool = 'isToolExecution' in functions && functions.isToolExecution();
	}

	/** The parameters as they are for one item. */
	at(index: number): ItemParameters {
		return new ItemParameters(this, index, this.items[index] ?? { json: {} });
	}

	/** The parameters as they are for the first item: for what holds for a whole run. */
	get fixed(): ItemParameters {
		return this.at(0);
	}

	/** A parameter's value for one item, not to be changed; `undefined` when the operation has no such parameter or it isn't shown. */
	value(name: string, index: number): unknown {
		let reader = this.readers.get(name);
		if (reader === undefined) {
			reader = this.reader(name);
			this.readers.set(name, reader);
		}
		return reader(index);
	}

	/** The name that the user sees for a parameter. */
	label(name: string): string {
		return this.labels.get(name) ?? name;
	}

	/** A parameter as it is stored, expressions and all. */
	raw(name: string): unknown {
		if (!this.stored.has(name)) {
			const raw: unknown = this.functions.getNodeParameter(name, 0, null, { rawExpressions: true });
			this.stored.set(name, raw ?? undefined);
		}
		return this.stored.get(name);
	}

	private reader(name: string): Reader {
		const raw = this.raw(name);
		if (raw === undefined) return () => undefined;
		const viaEngine: Reader = (index) =>
			this.functions.getNodeParameter(name, index, null, { extractValue: isLocator(raw) });
		if (!hasExpression(raw)) {
			const fixed = viaEngine(0);
			return () => fixed;
		}
		const evaluated = oneItemAtATime(viaEngine);
		const direct = this.asTool ? undefined : directReader(isLocator(raw) ? raw.value : raw);
		if (direct === undefined) return evaluated;
		const convert = this.converter(name);
		return (index) => {
			const found = direct(this.items[index]?.json ?? {});
			return found === undefined ? evaluated(index) : convert(found.found);
		};
	}

	/** What n8n does to the values of a resource mapper (`mapper.value`), for values that did not come from there. */
	private converter(name: string): (value: unknown) => unknown {
		const mapperName = /^(.+)\.value$/.exec(name)?.[1];
		const mapper = mapperName === undefined ? undefined : this.raw(mapperName);
		if (mapperName === undefined || !isMapper(mapper)) return (value) => value;
		const columns = new Map(mapper.schema.map((column) => [column.id, column]));
		return (values) => {
			if (!isRecord(values)) return values;
			const converted = Object.entries(values).map(([id, value]) => {
				const column = columns.get(id);
				return [id, column?.type === undefined ? value : this.converted(value, column, mapperName)];
			});
			return Object.fromEntries(converted);
		};
	}

	private converted(value: unknown, column: ResourceMapperField, mapperName: string): unknown {
		const type = column.type as FieldType;
		const result = validateFieldType(column.id, value, type, { valueOptions: column.options ?? [] });
		if (result.valid) return result.newValue;
		throw new InvalidInput(
			`${this.label(mapperName)} → ${column.displayName}`,
			`is ${shown(value)}, which is no ${type}`,
			`Enter a ${type}, or choose another field.`,
		);
	}
}

/** Evaluates once for an item what is asked for several times in a row, e.g. a collection for each of its options. */
function oneItemAtATime(evaluate: Reader): Reader {
	let last: { readonly index: number; readonly value: unknown } | undefined;
	return (index) => {
		if (last?.index !== index) last = { index, value: evaluate(index) };
		return last.value;
	};
}

/** The parameters of one item, and the item itself. Every method throws `InvalidInput` for what can't be used. */
export class ItemParameters {
	constructor(
		private readonly parameters: Parameters,
		readonly index: number,
		private readonly item: INodeExecutionData,
	) {}

	get json(): IDataObject {
		return this.item.json;
	}

	get binary(): IBinaryKeyData | undefined {
		return this.item.binary;
	}

	/** The value as it is. */
	value(name: string): unknown {
		return this.parameters.value(name, this.index);
	}

	/** Text without spaces around it; numbers become text. Empty when unset. */
	text(name: string): string {
		return this.asText(name, this.value(name));
	}

	/** Text that has to be there. */
	requiredText(name: string, remedy: string): string {
		const text = this.text(name);
		if (text === '') throw this.invalid(name, 'is empty', remedy);
		return text;
	}

	/** One JSON field of a collection; empty unless the user added it. */
	objectOption(collection: string, name: string): IDataObject {
		return this.asObject(name, this.option(collection, name));
	}

	/** How a resource locator was chosen: `list`, `id`, `name` …; `undefined` for a plain value. */
	locatorMode(name: string): string | undefined {
		const raw = this.parameters.raw(name);
		return isLocator(raw) ? raw.mode : undefined;
	}

	/** The value behind a resource locator, whichever way it was chosen. */
	located(name: string, remedy: string): string {
		return this.requiredText(name, remedy);
	}

	flag(name: string): boolean {
		const value = this.value(name) ?? false;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		throw this.invalid(name, `is ${shown(value)}`, 'Enter true or false.');
	}

	/** A whole number within bounds. */
	count(name: string, least: number, most: number): number {
		const value = this.value(name);
		const number = asNumber(value);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		throw this.invalid(name, `is ${shown(value)}`, `Enter a whole number from ${least} to ${most}.`);
	}

	/** One of a list's values. */
	choice<T extends string>(name: string, values: readonly T[]): T {
		const value = this.value(name);
		const found = values.find((known) => known === value);
		if (found === undefined)
			throw this.invalid(name, `is ${shown(value)}`, `Choose one of: ${values.join(', ')}.`);
		return found;
	}

	/** Several of a list's values; none when unset. */
	choices<T extends string>(name: string, values: readonly T[]): readonly T[] {
		const value = this.value(name) ?? [];
		if (Array.isArray(value) && value.every((chosen) => values.some((known) => known === chosen)))
			return values.filter((known) => value.includes(known));
		throw this.invalid(name, `is ${shown(value)}`, `Choose any of: ${values.join(', ')}.`);
	}

	/** A JSON object, given as one or as text. Empty when unset. */
	object(name: string): IDataObject {
		return this.asObject(name, this.value(name));
	}

	/** The values of a resource mapper, converted to the types of its columns. */
	mapped(name: string): IDataObject {
		const values = isMapper(this.parameters.raw(name)) ? this.value(`${name}.value`) : undefined;
		return isRecord(values) ? values : {};
	}

	/** One field of a collection; `undefined` unless the user added it. */
	option(collection: string, name: string): unknown {
		const options = this.value(collection);
		return isRecord(options) ? options[name] : undefined;
	}

	/** One text field of a collection; empty unless the user added it. */
	optionText(collection: string, name: string): string {
		return this.asText(name, this.option(collection, name));
	}

	/** One text field of a collection that holds names, separated by commas; none unless the user added it. */
	optionNames(collection: string, name: string): readonly string[] {
		return listed(this.optionText(collection, name));
	}

	/** One field of a collection that is true or false; `undefined` unless the user added it. */
	optionFlag(collection: string, name: string): boolean | undefined {
		const value = this.option(collection, name);
		if (value === undefined || value === null || value === '') return undefined;
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		throw this.invalid(name, `is ${shown(value)}`, 'Enter true or false.');
	}

	/** One field of a collection that is a whole number; `undefined` unless the user added it. */
	optionCount(collection: string, name: string, least: number, most: number): number | undefined {
		const value = this.option(collection, name);
		if (value === undefined || value === null || value === '') return undefined;
		const number = asNumber(value);
		if (Number.isInteger(number) && number >= least && number <= most) return number;
		throw this.invalid(name, `is ${shown(value)}`, `Enter a whole number from ${least} to ${most}.`);
	}

	/** The rows of a fixed collection. */
	rows(collection: string, row: string): readonly IDataObject[] {
		return rowsOf(this.value(collection), row);
	}

	/** The rows of a fixed collection that is one field of a collection; none unless the user added it. */
	optionRows(collection: string, name: string, row: string): readonly IDataObject[] {
		return rowsOf(this.option(collection, name), row);
	}

	invalid(name: string, problem: string, remedy: string): InvalidInput {
		return new InvalidInput(this.parameters.label(name), problem, remedy);
	}

	private asText(name: string, value: unknown): string {
		const plain = isLocator(value) ? value.value : value;
		switch (typeof plain) {
			case 'string':
				return plain.trim();
			case 'number':
			case 'boolean':
				return String(plain);
			case 'object':
				if (plain !== null) throw this.invalid(name, `is ${shown(plain)}`, 'Enter text.');
				return '';
			default:
				return '';
		}
	}

	private asObject(name: string, value: unknown): IDataObject {
		if (value === undefined || value === null || value === '') return {};
		const parsed = typeof value === 'string' ? this.parse(name, value) : value;
		if (isRecord(parsed)) return parsed;
		throw this.invalid(name, `is ${shown(value)}`, 'Enter a JSON object, for example {"key": "value"}.');
	}

	private parse(name: string, text: string): unknown {
		const parsed = parseJson(text);
		if ('value' in parsed) return parsed.value;
		throw this.invalid(
			name,
			`is no JSON: ${parsed.problem}`,
			'Enter a JSON object, for example {"key": "value"}.',
		);
	}
}

/** Reads a parameter straight from the item where each of its expressions names a field; `undefined` where one does not. */
function directReader(raw: unknown): ((json: IDataObject) => { found: unknown } | undefined) | undefined {
	if (typeof raw === 'string' && raw.startsWith('=')) {
		const path = fieldPath(raw);
		return path === undefined ? undefined : (json) => readField(json, path);
	}
	if (typeof raw !== 'object' || raw === null) return () => ({ found: raw });
	if (isLocator(raw)) return undefined;
	const entries = Object.entries(raw).map(([key, value]) => [key, directReader(value)] as const);
	const readers = entries.flatMap(([key, reader]) => (reader === undefined ? [] : [[key, reader] as const]));
	if (readers.length < entries.length) return undefined;
	return (json) => {
		const values: Array<readonly [string, unknown]> = [];
		for (const [key, reader] of readers) {
			const value = reader(json);
			if (value === undefined) return undefined;
			values.push([key, value.found]);
		}
		return { found: Array.isArray(raw) ? values.map(([, value]) => value) : Object.fromEntries(values) };
	};
}

function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(hasExpression);
}

function isLocator(raw: unknown): raw is { __rl: true; mode: string; value: unknown } {
	return isRecord(raw) && raw.__rl === true;
}

function isMapper(raw: unknown): raw is ResourceMapperValue {
	return isRecord(raw) && 'mappingMode' in raw && Array.isArray(raw.schema);
}

/** A number, or text that is one; NaN for all that JavaScript would turn into a number without being asked. */
export function asNumber(value: unknown): number {
	const text = typeof value === 'string' && value.trim() !== '';
	return typeof value === 'number' || text ? Number(value) : Number.NaN;
}

function rowsOf(value: unknown, row: string): readonly IDataObject[] {
	const rows = isRecord(value) ? value[row] : undefined;
	return Array.isArray(rows) ? rows.filter(isRecord) : isRecord(rows) ? [rows] : [];
}

function labelsOf(field: INodeProperties): Array<[string, string]> {
	const nested = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(labelsOf);
		return 'type' in option ? labelsOf(option as INodeProperties) : [];
	});
	return [[field.name, field.displayName], ...nested];
}
