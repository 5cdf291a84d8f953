import { type FilterValue, readFilters } from './conditions.mts';
import type { Customer } from './customer.mts';
import type { JsonObject } from './json.mts';
import { isObject } from './json.mts';

/** Fields that are read without building the whole profile: segments look at every customer that changes. */
const FIELDS: Readonly<Record<string, (customer: Customer) => FilterValue>> = {
	id: ({ id }) => id,
	source_id: ({ sourceId }) => sourceId,
	name: ({ fields }) => fields.name ?? undefined,
	description: ({ fields }) => fields.description ?? undefined,
	email: ({ fields }) => fields.email ?? undefined,
	phone: ({ fields }) => fields.phone ?? undefined,
	birthday: ({ fields }) => fields.birthday ?? undefined,
	birthdate: ({ fields }) => fields.birthdate ?? undefined,
	created_at: ({ createdAt }) => new Date(createdAt).toISOString(),
	updated_at: ({ updatedAt }) => (updatedAt === undefined ? undefined : new Date(updatedAt).toISOString()),
};

/** Starts of paths into the profile, for instance `metadata.tier` and `summary.orders.total_amount`. */
const ROOTS: ReadonlySet<string> = new Set(['address', 'metadata', 'summary', 'loyalty', 'referrals']);

/** Turns the filter of an auto-update or passive segment into a test of customers. Throws 400 `invalid_payload`. */
export function readCustomerFilter(filter: unknown): (customer: Customer) => boolean {
	return readFilters(filter, readerOf) ?? (() => true);
}

function readerOf(field: string): ((customer: Customer) => FilterValue) | undefined {
	if (Object.hasOwn(FIELDS, field)) return FIELDS[field];
	const [root = '', ...steps] = field.split('.');
	if (!ROOTS.has(root) || steps.length === 0) return undefined;
	return (customer) => {
		const start = root === 'address' || root === 'metadata' ? customer.fields : customer.toCustomer('');
		return filterValue(follow(start, [root, ...steps]));
	};
}

function follow(start: unknown, steps: readonly string[]): unknown {
	return steps.reduce<unknown>((value, step) => (isObject(value) ? own(value, step) : undefined), start);
}

function own(object: JsonObject, name: string): unknown {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Lists are compared by their items with commas in between, so that `$contains` finds one of them. */
function filterValue(value: unknown): FilterValue {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' || typeof value === 'string') return value;
	return Array.isArray(value)
		? value.join(',')
		: typeof value === 'boolean'
			? String(value)
			: JSON.stringify(value);
}
