import { isoMillis } from './iso-date.mts';
import { isJsonArray, isJsonObject, type Json } from './json.mts';

/** What GET /custom_attributes says of one attribute. */
export interface KnownAttribute {
	readonly name: string;
	readonly data_type: string;
	readonly array_length: number | null;
	readonly description: string | null;
	readonly status: 'Active';
	readonly tag_names: readonly string[];
}

/** The names of custom attributes and custom events that the workspace has seen. */
export class KnownNames {
	readonly #attributes = new Map<string, KnownAttribute>();
	readonly #events = new Set<string>();
	readonly #arrayLength: number;

	constructor(arrayLength: number) {
		this.#arrayLength = arrayLength;
	}

	/** Remembers an attribute; its first value decides its type. */
	addAttribute(name: string, value: Json, description: string | null = null): void {
		if (this.#attributes.has(name)) return;
		const array_length = isJsonArray(value) ? this.#arrayLength : null;
		const data_type = typeOf(value);
		this.#attributes.set(name, {
			name,
			data_type,
			array_length,
			description,
			status: 'Active',
			tag_names: [],
		});
	}

	/** Remembers an event. */
	addEvent(name: string): void {
		this.#events.add(name);
	}

	/** Attributes by name, in alphabetical order. */
	attributes(): KnownAttribute[] {
		return [...this.#attributes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	/** Event names in alphabetical order. */
	events(): string[] {
		return [...this.#events].sort();
	}
}

function typeOf(value: Json): string {
	if (typeof value === 'boolean') return 'Boolean';
	if (typeof value === 'number') return 'Number';
	if (isJsonArray(value)) return value.length > 0 && value.every(isJsonObject) ? 'Object Array' : 'Array';
	if (isJsonObject(value)) return 'Object';
	return typeof value === 'string' && isoMillis(value) !== undefined ? 'Time' : 'String';
}
