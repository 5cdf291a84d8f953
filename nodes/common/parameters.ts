import {
	type FieldType,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type ResourceMapperValue,
	validateFieldType,
} from 'n8n-workflow';
import { InvalidInput, shown } from './failure';
import { fieldPath, readField } from './fieldPath';
import { parseJson } from './json';

type Reader = (index: number) => unknown;

/**
 * Reads a node's parameters: once when they are fixed, from the item's JSON when they name a field of it, and through n8n's expression
 * engine (0.4 ms an item) only for every other expression.
 */
export class Parameters {
	private readonly readers = new Map<string, Reader>();
	private readonly items: readonly INodeExecutionData[];
	private readonly labels: ReadonlyMap<string, string>;

	/** @param fields the fields of the chosen operation, for their display names */
	constructor(
		private readonly functions: IExecuteFunctions,
		fields: readonly INodeProperties[],
	) {
		this.items = functions.getInputData();
		this.labels = new Map(fields.flatMap(labelsOf));
	}

	/** The parameters as they are for one item. */
	at(index: number): ItemParameters {
		return new ItemParameters(this, index, this.items[index] ?? { json: {} });
	}

	/** The parameters as they are for the first item: for what holds for a whole run. */
	get fixed(): ItemParameters {
		return this.at(0);
	}

	/** A parameter's value for one item; `undefined` when the operation has no such parameter or it isn't shown. */
	value(name: string, index: number): unknown {
		let reader = this.readers.get(name);
		if (reader === undefined) {
			reader = this.reader(name);
			this.readers.set(name, reader);
		}
		return reader(index);
	}

	/** The values of a resource mapper for one item, converted to the types of its columns. */
	mapped(name: string, index: number): IDataObject {
		const raw = this.raw(name);
		if (!isMapper(raw) || raw.value === null) return {};
		const values = this.value(`${name}.value`, index);
		return isRecord(values) ? this.converted(name, values, raw) : {};
	}

	/** The name that the user sees for a parameter. */
	label(name: string): string {
		return this.labels.get(name) ?? name;
	}

	/** A parameter as it is stored, expressions and all. */
	raw(name: string): unknown {
		return this.functions.getNodeParameter(name, 0, null, { rawExpressions: true }) ?? undefined;
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
		const direct = directReader(isLocator(raw) ? raw.value : raw);
		if (direct === undefined) return viaEngine;
		return (index) => {
			const found = direct(this.items[index]?.json ?? {});
			return found === undefined ? viaEngine(index) : found.found;
		};
	}

	/** What n8n does for `getNodeParameter('mapper.value')`, for values that did not come from there. */
	private converted(name: string, values: IDataObject, { schema }: ResourceMapperValue): IDataObject {
		return Object.fromEntries(
			Object.entries(values).map(([id, value]) => {
				const column = schema.find((entry) => entry.id === id);
				if (column?.type === undefined || value === null || value === undefined) return [id, value];
				const result = validateFieldType(id, value, column.type as FieldType, {
					valueOptions: column.options ?? [],
				});
				if (result.valid) return [id, result.newValue as IDataObject[string]];
				throw new InvalidInput(
					`${this.label(name)} → ${column.displayName}`,
					`is ${shown(value)}, which is no ${column.type}`,
					`Enter a ${column.type}, or choose another attribute.`,
				);
			}),
		);
	}
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
		const value = this.value(name);
		switch (typeof value) {
			case 'string':
				return value.trim();
			case 'number':
			case 'boolean':
				return String(value);
			case 'object':
				if (value !== null) throw this.invalid(name, `is ${shown(value)}`, 'Enter text.');
				return '';
			default:
				return '';
		}
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
		return this.value(name) === true || this.value(name) === 'true';
	}

	/** A whole number within bounds. */
	count(name: string, least: number, most: number): number {
		const value = Number(this.value(name));
		if (Number.isInteger(value) && value >= least && value <= most) return value;
		throw this.invalid(
			name,
			`is ${shown(this.value(name))}`,
			`Enter a whole number from ${least} to ${most}.`,
		);
	}

	/** One of a list's values. */
	choice<T extends string>(name: string, values: readonly T[]): T {
		const value = this.value(name);
		const found = values.find((known) => known === value);
		if (found === undefined)
			throw this.invalid(name, `is ${shown(value)}`, `Choose one of: ${values.join(', ')}.`);
		return found;
	}

	/** Several of a list's values. */
	choices<T extends string>(name: string, values: readonly T[]): readonly T[] {
		const value = this.value(name);
		return values.filter((known) => Array.isArray(value) && value.includes(known));
	}

	/** A JSON object, given as one or as text. Empty when unset. */
	object(name: string): IDataObject {
		return this.asObject(name, this.value(name));
	}

	/** The values of a resource mapper, converted to the types of its columns. */
	mapped(name: string): IDataObject {
		return this.parameters.mapped(name, this.index);
	}

	/** One field of a collection; `undefined` unless the user added it. */
	option(collection: string, name: string): unknown {
		const options = this.value(collection);
		return isRecord(options) ? options[name] : undefined;
	}

	/** One text field of a collection; empty unless the user added it. */
	optionText(collection: string, name: string): string {
		const value = this.option(collection, name);
		return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
	}

	/** The rows of a fixed collection. */
	rows(collection: string, row: string): readonly IDataObject[] {
		const group = this.option(collection, row);
		return Array.isArray(group) ? group.filter(isRecord) : isRecord(group) ? [group] : [];
	}

	invalid(name: string, problem: string, remedy: string): InvalidInput {
		return new InvalidInput(this.parameters.label(name), problem, remedy);
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

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLocator(raw: unknown): raw is { __rl: true; mode: string; value: unknown } {
	return isRecord(raw) && raw.__rl === true;
}

function isMapper(raw: unknown): raw is ResourceMapperValue {
	return isRecord(raw) && 'mappingMode' in raw && Array.isArray(raw.schema);
}

function labelsOf(field: INodeProperties): Array<[string, string]> {
	const nested = (field.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values.flatMap(labelsOf);
		return 'type' in option ? labelsOf(option as INodeProperties) : [];
	});
	return [[field.name, field.displayName], ...nested];
}
