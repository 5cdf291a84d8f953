import type { ItemParameters } from '../common/parameters';

/**
 * A value that all items of a run must share, because their objects travel in one request: read from the first, and checked on each.
 * @throws {InvalidInput} from the check, for an item that has another value
 */
export function sameForAll<T>(
	fixed: ItemParameters,
	parameter: string,
	read: (item: ItemParameters) => T,
): { readonly value: T; check(item: ItemParameters): void } {
	const value = read(fixed);
	return {
		value,
		check: (item) => {
			if (read(item) === value) return;
			throw item.invalid(
				parameter,
				'is not the same for all items',
				'Items travel together in one request. Put those that differ into separate runs of the node, for example with Loop Over Items.',
			);
		},
	};
}
