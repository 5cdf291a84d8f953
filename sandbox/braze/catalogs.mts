import type { Clock } from '../common/clock.mts';
import {
	arrayChange,
	catalogProblem,
	problemOfItem,
	readCatalog,
	readItem,
	readItems,
	readNewFields,
	type CatalogField,
	type CatalogProblem,
	type Item,
} from './catalog-rules.mts';
import { isJsonArray, type Json, type JsonObject } from './json.mts';
import type { BrazeCatalog } from './workspace-seed.mts';

/** How items of a request meet those that are there: new ones only, changes of existing ones, or either. */
export type ItemWrite = 'create' | 'update' | 'replace' | 'delete';

/** Why a catalog request is refused. */
export interface CatalogRefusal {
	readonly status: 400 | 404;
	readonly error: CatalogProblem;
}

interface Catalog {
	readonly name: string;
	readonly description: string;
	fields: readonly CatalogField[];
	readonly items: Map<string, Item>;
	updatedAt: number;
}

/** Items of one page of the list. */
const PAGE_SIZE = 50;

/** The workspace's catalogs. What is sent in bulk is applied later by the clock; single items at once. */
export class Catalogs {
	readonly #clock: Clock;
	readonly #delay: () => number;
	readonly #byName = new Map<string, Catalog>();

	/** @param delay milliseconds until a bulk request is applied */
	constructor(clock: Clock, delay: () => number, seed: readonly BrazeCatalog[]) {
		this.#clock = clock;
		this.#delay = delay;
		for (const { name, description, fields, items, updated_at } of seed) {
			const catalog = {
				name,
				description,
				fields,
				items: new Map<string, Item>(),
				updatedAt: Date.parse(updated_at),
			};
			for (const item of items) catalog.items.set(item.id, item);
			this.#byName.set(name, catalog);
		}
	}

	/** GET /catalogs */
	list(): readonly Record<string, unknown>[] {
		return Array.from(this.#byName.values(), shown);
	}

	/** POST /catalogs */
	create(body: Json | undefined): { readonly catalog: Record<string, unknown> } | CatalogRefusal {
		const read = readCatalog(body);
		if (read.problem !== undefined) return refusal(read.problem);
		const { name } = read.value;
		if (this.#byName.has(name)) {
			return refusal(
				catalogProblem('catalog-name-already-exists', 'A catalog with that name exists', 'name', name),
			);
		}
		const catalog = { ...read.value, items: new Map<string, Item>(), updatedAt: this.#clock.millis() };
		this.#byName.set(name, catalog);
		return { catalog: shown(catalog) };
	}

	/** DELETE /catalogs/{catalog_name} */
	delete(name: string): CatalogRefusal | undefined {
		return this.#byName.delete(name) ? undefined : noCatalog(name);
	}

	/** POST /catalogs/{catalog_name}/fields: checked now, there later. */
	addFields(name: string, body: Json | undefined): CatalogRefusal | undefined {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		const read = readNewFields(body, catalog.fields);
		if (read.problem !== undefined) return refusal(read.problem);
		this.#later(() => {
			catalog.fields = [...catalog.fields, ...read.value];
		});
		return undefined;
	}

	/** DELETE /catalogs/{catalog_name}/fields/{field_name}: gone later, with what the items have in it. */
	deleteField(name: string, field: string): CatalogRefusal | undefined {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		if (field === 'id' || !catalog.fields.some((one) => one.name === field)) {
			return refusal(catalogProblem('invalid-field-name', 'Could not find field', 'field_name', field), 404);
		}
		this.#later(() => {
			catalog.fields = catalog.fields.filter((one) => one.name !== field);
			for (const [id, { [field]: _gone, ...item }] of catalog.items) catalog.items.set(id, { ...item, id });
		});
		return undefined;
	}

	/** GET /catalogs/{catalog_name}/items: 50 a page in order of their ids, after the id `after`. */
	items(
		name: string,
		after: string,
	): { readonly items: readonly Item[]; readonly next: string | undefined } | CatalogRefusal {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		const left = [...catalog.items.values()]
			.filter(({ id }) => id > after)
			.sort((a, b) => (a.id < b.id ? -1 : 1));
		const items = left.slice(0, PAGE_SIZE);
		return { items, next: left.length > PAGE_SIZE ? items.at(-1)?.id : undefined };
	}

	/** GET /catalogs/{catalog_name}/items/{item_id} */
	item(name: string, id: string): { readonly item: JsonObject } | CatalogRefusal {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		const item = catalog.items.get(id);
		return item === undefined ? noItem(id) : { item };
	}

	/** POST, PATCH, PUT and DELETE /catalogs/{catalog_name}/items: checked now, applied later; what then cannot be applied is passed over. */
	writeItems(name: string, body: Json | undefined, write: ItemWrite): CatalogRefusal | undefined {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		const items = readItems(body);
		if (items.problem !== undefined) return refusal(items.problem);
		for (const item of items.value) {
			const problem =
				write === 'delete' ? undefined : problemOfItem(item, catalog.fields, write === 'update');
			if (problem !== undefined) return refusal(problem);
		}
		this.#later(() => {
			for (const item of items.value) this.#apply(catalog, item, write);
		});
		return undefined;
	}

	/** POST, PATCH and PUT /catalogs/{catalog_name}/items/{item_id} */
	writeItem(
		name: string,
		id: string,
		body: Json | undefined,
		write: Exclude<ItemWrite, 'delete'>,
	): CatalogRefusal | undefined {
		const catalog = this.#byName.get(name);
		if (catalog === undefined) return noCatalog(name);
		const item = readItem(id, body);
		if (item.problem !== undefined) return refusal(item.problem);
		const problem = problemOfItem(item.value, catalog.fields, write === 'update');
		return problem === undefined ? this.#apply(catalog, item.value, write) : refusal(problem);
	}

	/** DELETE /catalogs/{catalog_name}/items/{item_id} */
	deleteItem(name: string, id: string): CatalogRefusal | undefined {
		const catalog = this.#byName.get(name);
		return catalog === undefined ? noCatalog(name) : this.#apply(catalog, { id }, 'delete');
	}

	toJSON(): readonly unknown[] {
		return Array.from(this.#byName.values(), (catalog) => ({
			...shown(catalog),
			items: [...catalog.items.values()],
		}));
	}

	#later(work: () => void): void {
		this.#clock.schedule(this.#clock.millis() + this.#delay(), work);
	}

	#apply(catalog: Catalog, item: Item, write: ItemWrite): CatalogRefusal | undefined {
		const { id } = item;
		const existing = catalog.items.get(id);
		if (write === 'create' && existing !== undefined) {
			return refusal(catalogProblem('item-already-exists', 'The item exists', 'item_id', id));
		}
		if ((write === 'update' || write === 'delete') && existing === undefined) return noItem(id);
		if (write === 'delete') catalog.items.delete(id);
		else if (write === 'update') catalog.items.set(id, { ...existing, ...changed(existing, item), id });
		else catalog.items.set(id, item);
		catalog.updatedAt = this.#clock.millis();
		return undefined;
	}
}

/** The new values, with `$add` and `$remove` carried out. */
function changed(existing: Item | undefined, item: Item): JsonObject {
	const values = Object.entries(item).map(([name, value]): [string, Json] => {
		const change = arrayChange(value);
		if (change === undefined) return [name, value];
		const before = existing?.[name];
		const elements = new Set([...(isJsonArray(before) ? before : []), ...change.add]);
		for (const element of change.remove) elements.delete(element);
		return [name, [...elements]];
	});
	return Object.fromEntries(values);
}

function shown({ name, description, fields, items, updatedAt }: Catalog): Record<string, unknown> {
	return { name, description, fields, num_items: items.size, updated_at: new Date(updatedAt).toISOString() };
}

function refusal(error: CatalogProblem, status: 400 | 404 = 400): CatalogRefusal {
	return { status, error };
}

function noCatalog(name: string): CatalogRefusal {
	return refusal(catalogProblem('catalog-not-found', 'Could not find catalog', 'catalog_name', name), 404);
}

function noItem(id: string): CatalogRefusal {
	return refusal(catalogProblem('item-not-found', 'Could not find item', 'item_id', id), 404);
}
