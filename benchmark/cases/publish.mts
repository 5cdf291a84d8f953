import { insist, type Case } from '../case.mts';
import type { Contestant, Race, Sample } from '../race.mts';
import { count } from '../table.mts';
import { reset, seen, voucherifyHeaders, type Service, type Workbench } from '../workbench.mts';
import { codeStep, itemsStep, ownStep, postStep, type Proof, type Step } from '../workflow.mts';

const CAMPAIGN = 'Summer Sale 20%';
const BODY = `={{ JSON.stringify({ campaign: { name: '${CAMPAIGN}' }, customer: { source_id: $json.external_id }, source_id: 'bench-' + $json.external_id }) }}`;
const GROUP = `const all = $input.all().map(({ json }) => ({
  external_id: json.customer.source_id, voucherify_code: json.voucher.code, voucherify_expiry: json.voucher.expiration_date,
}));
const batches = [];
for (let at = 0; at < all.length; at += 75) batches.push({ json: { attributes: all.slice(at, at + 75) } });
return batches;`;

const campaign = { __rl: true, mode: 'name', value: CAMPAIGN };

/** Runs something, and looks whether each customer got one code, and Braze as many profiles as it should. */
async function published(
	service: Service,
	size: number,
	profiles: number,
	work: () => Promise<Sample>,
): Promise<Sample> {
	await reset(service);
	const { profiles: before } = await seen(service);
	const sample = await work();
	const { totals, publications, attributes } = await seen(service);
	insist(
		publications === size,
		`${count(size)} publications were to be made; there are ${count(publications)}`,
	);
	insist(
		attributes === profiles,
		`${count(profiles)} profiles were to be told; ${count(attributes)} were, of ${before}`,
	);
	const requests = Object.values(totals).reduce((sum, calls) => sum + calls, 0);
	return { ...sample, requests };
}

function contestant(
	bench: Workbench,
	service: Service,
	how: {
		readonly name: string;
		readonly size: number;
		readonly profiles: number;
		readonly times?: number;
		/** Whether the nodes are given a customer an item. */
		readonly isGivenItems: boolean;
		readonly steps: readonly Step[];
	},
): Contestant {
	const { name, size, profiles, times, isGivenItems, steps } = how;
	const source = isGivenItems ? itemsStep('profiles', size) : undefined;
	return { name, times, run: () => published(service, size, profiles, () => bench.runSteps(source, steps)) };
}

function proofs({ sandbox, credentials }: Service): ReadonlyArray<readonly [string, Proof, Proof]> {
	const braze = { Authorization: `Bearer ${sandbox.braze.apiKey}` };
	return [
		['header by hand', { headers: voucherifyHeaders(sandbox.voucherify) }, { headers: braze }],
		['credential', { type: 'httpCustomAuth', credentials }, { type: 'httpHeaderAuth', credentials }],
	];
}

async function publishing(bench: Workbench, size: number): Promise<Race> {
	const service = await bench.service();
	const { sandbox, credentials } = service;
	const { url } = sandbox.voucherify;
	const customer = { __rl: true, mode: 'sourceId', value: '={{ $json.external_id }}' };
	const form = { resource: 'publication', operation: 'create', campaign, customer };
	const given = { size, profiles: 0, isGivenItems: true };
	return {
		title: `${count(size)} publications`,
		contestants: [
			contestant(bench, service, {
				...given,
				name: 'Voucherify: Create a publication',
				steps: [ownStep('Publish', 'voucherify', form, credentials)],
			}),
			...proofs(service).map(([label, proof]) =>
				contestant(bench, service, {
					...given,
					...(size > 1000 && { times: 1 }),
					name: `(a) HTTP Request per item, ${label}`,
					steps: [postStep('Publish', `${url}/v1/publications`, BODY, proof)],
				}),
			),
			{
				name: '(c) axios script',
				run: () =>
					published(service, size, 0, async () => {
						const headers = voucherifyHeaders(sandbox.voucherify);
						return await bench.runScript({ kind: 'publish', url, headers, count: size });
					}),
			},
		],
	};
}

async function distribution(bench: Workbench, size: number): Promise<Race> {
	const service = await bench.service('--customers', String(size));
	const { sandbox, credentials } = service;
	const { url } = sandbox.voucherify;
	const segment = { __rl: true, mode: 'name', value: 'All customers' };
	const incentive = { send: ['attributes'], attributesFrom: 'voucherifyIncentive' };
	const given = { size, profiles: size };
	return {
		title: `${count(size)} members of a segment`,
		contestants: [
			contestant(bench, service, {
				...given,
				name: 'Voucherify: Publish codes to a segment → Braze: Track',
				isGivenItems: false,
				steps: [
					ownStep(
						'Distribute',
						'voucherify',
						{ resource: 'distribution', operation: 'publishToSegment', segment, campaign },
						credentials,
					),
					ownStep('Track', 'braze', { resource: 'user', operation: 'track', ...incentive }, credentials),
				],
			}),
			...proofs(service).map(([label, voucherify, braze]) =>
				contestant(bench, service, {
					...given,
					...(size > 1000 && { times: 1 }),
					name: `(b) HTTP Request per item → Code → HTTP Request, ${label}`,
					isGivenItems: true,
					steps: [
						postStep('Publish', `${url}/v1/publications`, BODY, voucherify),
						codeStep('Group', GROUP),
						postStep('Track', `${sandbox.braze.url}/users/track`, '={{ JSON.stringify($json) }}', braze),
					],
				}),
			),
			{
				name: '(c) axios script',
				run: () =>
					published(service, size, size, async () => {
						return await bench.runScript({
							kind: 'distribute',
							url,
							headers: voucherifyHeaders(sandbox.voucherify),
							braze: { url: sandbox.braze.url, key: sandbox.braze.apiKey },
							count: size,
						});
					}),
			},
		],
	};
}

export const publish: Case = {
	name: 'publish',
	title: 'A code for each customer',
	explanation: 'One request to Voucherify a customer, 8 at once (the HTTP Request node sends all at once).',
	races: async (bench, extent) => [await publishing(bench, extent === 'quick' ? 500 : 10_000)],
};

export const distribute: Case = {
	name: 'distribution',
	title: 'Manual distribution: a code for each member of a segment, on their Braze profiles',
	explanation: 'The others are given the members; only the node reads the segment itself.',
	races: async (bench, extent) => [await distribution(bench, extent === 'quick' ? 500 : 10_000)],
};
