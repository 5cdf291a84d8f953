import type { INodeProperties } from 'n8n-workflow';
import { shown, type Failure } from '../../common/failure';
import type { Run } from '../../common/operation';
import { bodyOf, type Limits, type Part } from '../../common/packing';
import type { ItemParameters } from '../../common/parameters';
import { failuresOf } from './answer';

/** Where objects are sent to, and how many of them at once. */
export interface TrackEndpoint {
	readonly path: '/users/track' | '/users/track/bulk';
	readonly permission: string;
	readonly limits: Limits;
}

const MEGABYTE = 1024 * 1024;

/** By the contract with Braze. */
const OBJECT_LIMITS: Readonly<Record<string, TrackEndpoint>> = {
	combined50: usual({ combined: 50, perLane: 50 }),
	combined75: usual({ combined: 75, perLane: 75 }),
	perArray75: usual({ combined: 225, perLane: 75 }),
	bulk1000: {
		path: '/users/track/bulk',
		permission: 'users.track.bulk',
		limits: { combined: 1000, perLane: 1000, perKey: 100, bytes: 2 * MEGABYTE },
	},
};

function usual(limits: { combined: number; perLane: number }): TrackEndpoint {
	return { path: '/users/track', permission: 'users.track', limits: { ...limits, bytes: 4 * MEGABYTE } };
}

/** The option by which a user says what the contract with Braze allows. */
export const objectLimitOption: INodeProperties = {
	displayName: 'Objects per Request',
	name: 'objectLimit',
	type: 'options',
	options: [
		{ name: '1,000 (Bulk)', value: 'bulk1000' },
		{ name: '50', value: 'combined50' },
		{ name: '75 Altogether', value: 'combined75' },
		{ name: '75 of Each Kind', value: 'perArray75' },
	],
	default: 'combined75',
	description:
		'How many attributes, events and purchases one request may carry. Older contracts with Braze allow 75 of each kind, some only 50. Bulk is an endpoint that Braze has to open for you; the API key needs a permission of its own for it.',
};

/**
 * Where a run sends its objects.
 * @throws {InvalidInput} for a value that is none of the option's
 */
export function readTrackEndpoint(fixed: ItemParameters): TrackEndpoint {
	const chosen = fixed.option('options', 'objectLimit') ?? 'combined75';
	const endpoint = Object.entries(OBJECT_LIMITS).find(([name]) => name === chosen)?.[1];
	if (endpoint) return endpoint;
	const names = Object.keys(OBJECT_LIMITS).join(', ');
	throw fixed.invalid('objectLimit', `is ${shown(chosen)}`, `Choose one of: ${names}.`);
}

/** What the hint calls the data points of what Braze has taken. */
export const DATA_POINTS = 'data points (attributes, events and purchases sent)';

/**
 * Sends one request, and counts the data points of what Braze took.
 * @param parts objects in the lanes `attributes`, `events` and `purchases`
 * @returns for each object, in order, why Braze did not take it, or `undefined`
 */
export async function sendTracked(
	parts: readonly Part[],
	{ path, permission }: TrackEndpoint,
	run: Run,
): Promise<ReadonlyArray<Failure | undefined>> {
	const response = await run.client.send({
		method: 'POST',
		path,
		body: bodyOf(parts),
		// Braze counts a repeated event or purchase again; attributes end up the same, but for those that add to what is there.
		repeatable: parts.every(isRepeatable),
		accept: ['nothing_valid'],
		permission,
	});
	if (response.status === 202) run.note('Braze is under maintenance and has queued what was sent');
	const failures = failuresOf(response, parts);
	const points = parts.reduce(
		(sum, part, index) => sum + (failures[index] === undefined ? (part.cost ?? 0) : 0),
		0,
	);
	run.count(DATA_POINTS, points);
	return failures;
}

/** The keys of an increment and of new objects in an array, which take effect each time they arrive. Within a text, JSON escapes the quotes. */
const TAKES_EFFECT_AGAIN = /"(?:inc|\$add)":/;

function isRepeatable({ lane, text }: Part): boolean {
	return lane === 'attributes' && !TAKES_EFFECT_AGAIN.test(text);
}
