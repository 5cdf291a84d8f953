import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { textOf } from '../../answer';
import { readSegments } from './segmentPages';

/** A segment as a user names it. */
export type SegmentReference =
	{ readonly id: string; readonly name?: undefined } | { readonly name: string; readonly id?: undefined };

/** Reads the field of a segment. */
export function readSegment(item: ItemParameters): SegmentReference {
	const value = item.located('segment', 'Choose a segment from the list, or enter its name or its ID.');
	return item.locatorMode('segment') === 'name' ? { name: value } : { id: value };
}

/**
 * The ID of a segment. Voucherify finds segments by ID alone, so a name is looked up in their list, once a run.
 * @throws {Failure} when no segment has exactly this name, or several have
 */
export async function segmentId(run: Run, { id, name }: SegmentReference): Promise<string> {
	if (name === undefined) return id;
	return await run.once(`segment ${name}`, async () => {
		const segments = await readSegments(run.client, Infinity, { 'filters[name][conditions][$is][0]': name });
		const ids = segments
			.filter((segment) => segment.name === name)
			.flatMap((segment) => textOf(segment.id) ?? []);
		const [first, second] = ids;
		if (first === undefined) {
			throw new Failure({
				message: `Voucherify has no segment "${name}"`,
				description:
					'Check its name, upper and lower case included, and whether the credential belongs to the right project.',
				code: 'not_found',
			});
		}
		if (second === undefined) return first;
		throw new Failure({
			message: `Voucherify has ${ids.length} segments "${name}"`,
			description: `Choose one of them by its ID: ${ids.slice(0, 10).join(', ')}.`,
			code: 'ambiguous_name',
		});
	});
}
