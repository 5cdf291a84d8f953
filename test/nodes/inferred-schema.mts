/** A JSON Schema as n8n's editor previews the output of a node with. */
export interface OutputSchema {
	readonly type: string;
	readonly properties?: Readonly<Record<string, OutputSchema>>;
	readonly items?: OutputSchema;
}

/** What differs from project to project: custom fields, and the conditions of segments. */
const OPEN = new Set(['metadata', 'filter']);

/** The schema that describes all of these values; a field that is null in some has the type it has in others. */
export function inferSchema(values: readonly unknown[]): OutputSchema {
	const known = values.filter((value) => value !== null && value !== undefined);
	if (known.length === 0) return { type: 'null' };
	if (known.every(Array.isArray)) {
		const items = known.flat();
		return items.length === 0 ? { type: 'array' } : { type: 'array', items: inferSchema(items) };
	}
	const objects = known.filter((value) => typeof value === 'object');
	if (objects.length < known.length) return { type: scalarType(known) };
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const properties = names.map((name) => {
		const inner = objects.map((object): unknown => Reflect.get(object, name));
		return [name, OPEN.has(name) ? { type: 'object' } : inferSchema(inner)] as const;
	});
	return names.length === 0
		? { type: 'object' }
		: { type: 'object', properties: Object.fromEntries(properties) };
}

function scalarType(values: readonly unknown[]): string {
	if (values.every(Number.isInteger)) return 'integer';
	return typeof values[0];
}
