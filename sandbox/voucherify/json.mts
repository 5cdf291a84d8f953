/** A JSON object whose content is not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object, neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a string that is not empty. */
export function nonEmptyText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
