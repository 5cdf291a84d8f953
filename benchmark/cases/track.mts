import { insist, resultOf, type Case, type Extent, type Remarks, type Results } from '../case.mts';
import type { Contestant, Race, Sample } from '../race.mts';
import { count, time } from '../table.mts';
import { codeStep, itemsStep, ownStep, postStep, type Proof, type Step } from '../workflow.mts';
import { reset, seen, type Service, type Workbench } from '../workbench.mts';
import type { Shape } from '../items.mts';

/** Objects in a request. */
const BATCH = 75;
const GROUP = `const all = $input.all().map(({ json }) => json);
const batches = [];
for (let at = 0; at < all.length; at += ${BATCH}) batches.push({ json: { attributes: all.slice(at, at + ${BATCH}) } });
return batches;`;
const OF_ONE = '={{ JSON.stringify({ attributes: [$json] }) }}';
const OF_MANY = '={{ JSON.stringify($json) }}';

const NODE = 'Braze: Track';
const SUMMARY = 'Braze: Track, one summary';
const SCRIPT = '(c) axios script';
const GROUPED = '(b) Code + HTTP Request';

const column = (id: string, type: string) => ({
	id,
	displayName: id,
	type,
	required: false,
	defaultMatch: false,
	display: true,
});

/** The forms of the node. */
const ALL_FIELDS = { attributesFrom: 'allFields' };
const PICKED = {
	attributesFrom: 'pickedFields',
	attributes: {
		mappingMode: 'defineBelow',
		value: {
			first_name: '={{ $json.first_name }}',
			loyalty_tier: '={{ $json.loyalty_tier }}',
			points: '={{ $json.points }}',
			favourite_store: '={{ $json.favourite_store }}',
			opted_in: '={{ $json.opted_in }}',
		},
		schema: [
			column('first_name', 'string'),
			column('loyalty_tier', 'string'),
			column('points', 'number'),
			column('favourite_store', 'string'),
			column('opted_in', 'boolean'),
		],
	},
};
const INCENTIVE = { attributesFrom: 'voucherifyIncentive', attributePrefix: 'summer' };
const DRAGGED = { externalId: '={{ $json.external_id }}' };
const COMPUTED = { externalId: '={{ $json.external_id.trim() }}' };

const titleOf = (size: number, latency: number): string =>
	`${count(size)} items, ${latency === 0 ? 'no latency' : `${latency} ms latency`}`;

/** Runs nodes over items, and looks whether everything arrived. */
async function tracked(
	bench: Workbench,
	service: Service,
	{ shape = 'profiles', size, requests }: { shape?: Shape; size: number; requests: number },
	steps: readonly Step[],
): Promise<Sample> {
	await reset(service);
	const { first: _, ...run } = await bench.runSteps(itemsStep(shape, size), steps);
	return { ...run, requests: await checked(service, size, requests) };
}

/** The number of requests, when everything arrived in as many as it should. */
async function checked(service: Service, size: number, wanted: number): Promise<number> {
	const { totals, attributes } = await seen(service);
	const requests = totals['POST /users/track'] ?? 0;
	insist(attributes === size, `${count(size)} attribute objects were to arrive; ${count(attributes)} did`);
	insist(requests === wanted, `${count(wanted)} requests were to be sent; there were ${count(requests)}`);
	return requests;
}

function contestantsFor(bench: Workbench, service: Service, size: number) {
	const { sandbox, credentials } = service;
	const url = `${sandbox.braze.url}/users/track`;
	const requests = Math.ceil(size / BATCH);
	const byHand: Proof = { headers: { Authorization: `Bearer ${sandbox.braze.apiKey}` } };
	const byCredential: Proof = { type: 'httpHeaderAuth', credentials };

	const node = (name: string, parameters: Step['parameters'], shape?: Shape): Contestant => {
		const form = { resource: 'user', operation: 'track', send: ['attributes'], ...parameters };
		const step = ownStep('Track', 'braze', form, credentials);
		return {
			name,
			run: () => tracked(bench, service, { size, requests, ...(shape && { shape }) }, [step]),
		};
	};
	const perItem = (proof: Proof, times?: number): Contestant => ({
		name: `(a) HTTP Request per item, ${'type' in proof ? 'credential' : 'header by hand'}`,
		times,
		run: () => tracked(bench, service, { size, requests: size }, [postStep('Send', url, OF_ONE, proof)]),
	});
	const grouped = (proof: Proof): Contestant => ({
		name: `${GROUPED}, ${'type' in proof ? 'credential' : 'header by hand'}`,
		run: () =>
			tracked(bench, service, { size, requests }, [
				codeStep('Group', GROUP),
				postStep('Send', url, OF_MANY, proof),
			]),
	});
	const script: Contestant = {
		name: SCRIPT,
		run: async () => {
			await reset(service);
			const { url: base, apiKey: key } = sandbox.braze;
			const run = await bench.runScript({ kind: 'track', url: base, key, count: size });
			return { ...run, requests: await checked(service, size, requests) };
		},
	};
	/** Gives up on the way by all experience; tells how far it came. */
	const hopeless: Contestant = {
		name: '(a) HTTP Request per item, header by hand',
		times: 1,
		run: async () => {
			await reset(service);
			const steps = [postStep('Send', url, OF_ONE, byHand)];
			const { wall, processor, memory } = await bench.runSteps(itemsStep('profiles', size), steps, true);
			const { attributes, totals } = await seen(service);
			const gaveUp = attributes === size ? undefined : `failed after ${count(attributes)}`;
			return { wall, processor, memory, requests: totals['POST /users/track'] ?? 0, gaveUp };
		},
	};
	return { node, perItem, grouped, script, hopeless, byHand, byCredential };
}

async function comparison(bench: Workbench, size: number, extent: Extent): Promise<Race> {
	const service = await bench.service();
	const made = contestantsFor(bench, service, size);
	const { node, perItem, grouped, script, hopeless, byHand, byCredential } = made;
	const most = extent === 'quick' ? 1000 : 10_000;
	return {
		title: titleOf(size, 0),
		contestants: [
			node(NODE, ALL_FIELDS),
			node(SUMMARY, { ...ALL_FIELDS, output: 'summary' }),
			grouped(byHand),
			grouped(byCredential),
			script,
			...(size <= most
				? [byHand, byCredential].map((proof) => perItem(proof, size > 1000 ? 1 : undefined))
				: []),
			...(size > 10_000 && extent === 'full' ? [hopeless] : []),
		],
	};
}

async function overAnOcean(bench: Workbench, size: number): Promise<Race> {
	const { node, grouped, script, byHand } = contestantsFor(
		bench,
		await bench.service('--latency', '50'),
		size,
	);
	return { title: titleOf(size, 50), contestants: [node(NODE, ALL_FIELDS), script, grouped(byHand)] };
}

async function forms(bench: Workbench, size: number): Promise<Race> {
	const { node } = contestantsFor(bench, await bench.service(), size);
	return {
		title: `${count(size)} items, ways to fill the form`,
		contestants: [
			node('All fields, external ID found in the item', ALL_FIELDS),
			node('All fields, external ID dragged into the form', { ...ALL_FIELDS, ...DRAGGED }),
			node('All fields, external ID by another expression', { ...ALL_FIELDS, ...COMPUTED }),
			node('Picked fields, each dragged', PICKED),
			node('Voucherify incentive', INCENTIVE, 'publications'),
		],
	};
}

/** Whether the time of an item grows with their number. */
function growth(results: Results): string[] {
	const of = (size: number): number | undefined => resultOf(results, titleOf(size, 0), NODE)?.wall;
	const sizes = [1000, 10_000, 100_000].flatMap((size) => {
		const wall = of(size);
		return wall === undefined ? [] : [{ size, perItem: (wall / size) * 1000 }];
	});
	const first = sizes[0];
	const last = sizes.at(-1);
	if (first === undefined || last === undefined || first === last) return [];
	const each = sizes.map(({ size, perItem }) => `${perItem.toFixed(1)} µs of ${count(size)}`).join(', ');
	return [
		`Time of an item: ${each} (${count(last.size)} against ${count(first.size)}: ${(last.perItem / first.perItem).toFixed(2)} ×).`,
	];
}

function expressions(results: Results): string[] {
	return [...results].flatMap(([title, list]) => {
		const [first, dragged, computed] = list;
		if (!title.endsWith('ways to fill the form') || !first || !dragged || !computed) return [];
		return [
			`A dragged field costs ${dragged.ratio.toFixed(2)} × of none, another expression ${time(computed.wall - first.wall)} in all.`,
		];
	});
}

function remarks(results: Results): Remarks {
	const broken = [...results.keys()].flatMap((title) => {
		const summary = resultOf(results, title, SUMMARY)?.memory;
		const grouped = resultOf(results, title, `${GROUPED}, header by hand`)?.memory;
		// With few items, what n8n takes for itself is more than what they take.
		if (!title.startsWith('100,000') || summary === undefined || grouped === undefined) return [];
		return summary <= grouped ? [] : [`${title}: with a summary, the node takes more memory than ${GROUPED}`];
	});
	return { lines: [...growth(results), ...expressions(results)], broken };
}

const SIZES: Readonly<Record<Extent, readonly number[]>> = {
	quick: [1000, 10_000],
	usual: [1000, 10_000, 100_000],
	full: [1000, 10_000, 100_000],
};

export const track: Case = {
	name: 'track',
	title: 'Attributes on Braze profiles',
	explanation: `Each item becomes one object of \`/users/track\`, ${BATCH} to a request and 8 requests at once (the HTTP Request node sends all at once).`,
	races: async (bench, extent) => {
		const sizes = SIZES[extent];
		const races: Race[] = [];
		for (const size of sizes) races.push(await comparison(bench, size, extent));
		for (const size of sizes.slice(1)) races.push(await overAnOcean(bench, size));
		races.push(await forms(bench, extent === 'quick' ? 2000 : 10_000));
		return races;
	},
	remarks,
};
