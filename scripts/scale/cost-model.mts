// What a distribution costs, in calls, time and memory, before anybody starts it. The queue test holds it against what it measures.

/** Customers in a chunk, as the template for queue mode cuts them. */
export const CHUNK = 300;
/** Customers in a page of Voucherify's lists, its most. */
const PAGE = 100;
/** Objects in a request to Braze's /users/track. */
const OBJECTS = 75;
/** Braze takes 3,000 requests to /users/track in 3 seconds. */
const BRAZE_PER_MINUTE = (3000 / 3) * 60;

/** What one worker hands out in a minute when neither service limits it: less than half of what the queue test measures on loopback, for the services are further away. */
export const CUSTOMERS_PER_WORKER_MINUTE = 6000;
/** Memory of a worker that has nothing to do, in MB. */
export const IDLE_WORKER_MB = 600;
/** Memory for each customer that the upper row of the template lists, in MB: n8n keeps every item of every node until an execution ends. */
export const MB_PER_LISTED_CUSTOMER = 0.02;
/** Memory for each customer of a chunk, in MB: each comes with the whole publication. */
export const MB_PER_CUSTOMER_IN_CHUNK = 0.05;
/** The most customers that one run should list, so that it fits into a worker of 2.5 GB. */
export const MOST_PER_RUN = 100_000;

/** The limits of a plan of Voucherify. */
export interface Plan {
	readonly name: string;
	readonly callsPerMinute: number;
	readonly callsPerCycle: number;
}

/** Voucherify's plans that have an API limit, with the calls that a billing cycle includes. */
export const PLANS: readonly Plan[] = [
	{ name: 'Business', callsPerMinute: 100, callsPerCycle: 100_000 },
	{ name: 'Organization', callsPerMinute: 2000, callsPerCycle: 300_000 },
];

/** The calls of one distribution by the template for queue mode, by service. */
export interface Calls {
	/** Pages of customers, and the look at the segment. */
	readonly listing: number;
	/** One publication for each customer, and a look at the campaign for each chunk. */
	readonly publishing: number;
	readonly voucherify: number;
	readonly braze: number;
}

/** Counts the calls for so many customers, of which one run lists at most `perRun`. */
export function callsFor(customers: number, perRun = MOST_PER_RUN): Calls {
	const runs = Math.ceil(customers / perRun);
	const inLast = customers - (runs - 1) * perRun;
	const ofRun = (size: number) => {
		const chunks = Math.ceil(size / CHUNK);
		return {
			listing: Math.ceil(size / PAGE) + 1,
			publishing: size + chunks,
			braze: Math.floor(size / CHUNK) * (CHUNK / OBJECTS) + Math.ceil((size % CHUNK) / OBJECTS),
		};
	};
	const [full, last] = [ofRun(perRun), ofRun(inLast)];
	const total = (kind: 'listing' | 'publishing' | 'braze') => full[kind] * (runs - 1) + last[kind];
	const [listing, publishing] = [total('listing'), total('publishing')];
	return { listing, publishing, voucherify: listing + publishing, braze: total('braze') };
}

/** What a distribution takes. */
export interface Cost {
	readonly calls: Calls;
	/** Minutes that the plan's limit alone asks for; with no plan, what the workers need. */
	readonly minutes: number;
	/** Billing cycles whose included calls it uses up; 0 with no plan. */
	readonly cycles: number;
	/** The fewest workers that use the limit up. */
	readonly workers: number;
	/** How many runs of the workflow list the customers. */
	readonly runs: number;
	/** Memory of the busiest worker, in MB. */
	readonly workerMb: number;
}

/** The memory of a worker that lists `listed` customers and has `chunks` chunks in hand, in MB. */
export function workerMemory(listed: number, chunks: number): number {
	return IDLE_WORKER_MB + listed * MB_PER_LISTED_CUSTOMER + chunks * CHUNK * MB_PER_CUSTOMER_IN_CHUNK;
}

/** What it takes to give each of `customers` a code within a plan, by workers that run `concurrency` executions at once. */
export function costOf(customers: number, plan: Plan, concurrency = 5): Cost {
	const calls = callsFor(customers);
	const minutes = Math.max(calls.voucherify / plan.callsPerMinute, calls.braze / BRAZE_PER_MINUTE);
	const listed = Math.min(customers, MOST_PER_RUN);
	return {
		calls,
		minutes,
		cycles: calls.voucherify / plan.callsPerCycle,
		workers: Math.max(1, Math.ceil(customers / CUSTOMERS_PER_WORKER_MINUTE / minutes)),
		runs: Math.ceil(customers / MOST_PER_RUN),
		workerMb: workerMemory(listed, concurrency),
	};
}
