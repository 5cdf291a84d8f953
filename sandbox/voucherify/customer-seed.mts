import type { Random } from '../common/random.mts';
import { Customer, type CustomerSummary } from './customer.mts';
import type { Customers } from './customers.mts';
import type { Segments } from './segments.mts';

const FIRST_NAMES = [
	'Ada',
	'Bruno',
	'Chiara',
	'Dario',
	'Elif',
	'Felix',
	'Grace',
	'Hugo',
	'Ines',
	'Jonas',
] as const;
const LAST_NAMES = [
	'Nowak',
	'Okafor',
	'Petit',
	'Rossi',
	'Schmidt',
	'Tanaka',
	'Ueda',
	'Vega',
	'Weber',
] as const;
const PLACES = [
	{ city: 'Warsaw', country: 'PL' },
	{ city: 'Paris', country: 'FR' },
	{ city: 'Berlin', country: 'DE' },
	{ city: 'Milan', country: 'IT' },
	{ city: 'New York', country: 'US' },
] as const;
const MINUTE_MS = 60_000;
/** Seeded customers that count as new, so that the segment is not empty at the start. */
const NEW_CUSTOMERS = 3;
const VIP_EVERY = 10;

/**
 * Creates `count` customers, `customer-000001` the oldest, a minute apart and the last a minute ago. The ones around
 * every tenth of the first hundred and every hundredth share one instant, as after an import: ties across pages.
 */
export function seedCustomers(customers: Customers, random: Random, count: number, start: number): void {
	for (let number = 1; number <= count; number++) {
		const createdAt = start - (count + 1 - firstOfTie(number, count)) * MINUTE_MS;
		customers.seed(seedCustomer(customers.newId(), random, number, createdAt));
	}
}

/** All customers, a tenth as VIPs, the newest, and a passive segment by city. */
export function seedSegments(segments: Segments, customers: readonly Customer[], start: number): void {
	const createdAt = start - 30 * 24 * 60 * MINUTE_MS;
	const vips = new Set(customers.filter((_, i) => i % VIP_EVERY === 0).map(({ id }) => id));
	const newSince = customers.at(-NEW_CUSTOMERS)?.createdAt ?? start;
	const all = {
		type: 'auto-update',
		filter: condition('created_at', '$has_value', []),
		includes: () => true,
	} as const;
	segments.add('All customers', all, customers, createdAt);
	segments.add('VIP', { type: 'static', ids: vips }, customers, createdAt + 1);
	segments.add(
		'New customers',
		{
			type: 'auto-update',
			filter: condition('created_at', '$after', [new Date(newSince - 1).toISOString()]),
			includes: (customer) => customer.createdAt >= newSince,
		},
		customers,
		createdAt + 2,
	);
	segments.add(
		'Customers in Paris',
		{
			type: 'passive',
			filter: condition('address.city', '$is', ['Paris']),
			includes: (customer) => customer.city === 'Paris',
		},
		customers,
		createdAt + 3,
	);
}

/** Numbers 10 to 12 share the instant of 10, and 100 to 102 that of 100, and so on; the newest keep their own. */
function firstOfTie(number: number, count: number): number {
	if (number > count - NEW_CUSTOMERS) return number;
	const round = number <= 99 ? 10 : 100;
	const beyond = number % round;
	return number >= round && beyond <= 2 ? number - beyond : number;
}

function seedCustomer(id: string, random: Random, number: number, createdAt: number): Customer {
	const first = random.pick(FIRST_NAMES);
	const last = random.pick(LAST_NAMES);
	const digits = String(number).padStart(6, '0');
	const fields = {
		name: `${first} ${last}`,
		email: `${first}.${last}.${digits}@example.com`.toLowerCase(),
		phone: `+4930${digits}`,
		address: random.pick<(typeof PLACES)[number]>(PLACES),
		metadata: { tier: number % VIP_EVERY === 1 ? 'gold' : 'basic', newsletter: number % 2 === 0 },
	};
	return new Customer(id, `customer-${digits}`, fields, createdAt, summaryOf(number));
}

function summaryOf(number: number): CustomerSummary {
	const orders = number % 4;
	return {
		orders,
		orderAmount: orders * 4990,
		lastOrderAmount: orders === 0 ? 0 : 4990,
		redemptions: orders > 0 ? 1 : 0,
		loyaltyPoints: orders * 49,
	};
}

function condition(field: string, operator: string, operands: readonly string[]) {
	return { junction: 'AND', [field]: { conditions: { [operator]: operands } } };
}
