import { asFailure, Failure } from '../common/failure';
import type { Part } from '../common/packing';

/** For each part of a request, in order, its failure or `undefined`. */
export type Outcomes = ReadonlyArray<Failure | undefined>;

type Send = (some: readonly Part[]) => Promise<Outcomes>;

/**
 * Sends what is to be one request, but each further object of a key in a request of its own, after the one before: of two that Braze
 * finds in one request, it takes only one, or neither.
 * @returns for each part, in the order given, its failure or `undefined`
 * @throws {Failure} when the first request fails, so that nothing was sent
 */
export async function inRounds(parts: readonly Part[], send: Send): Promise<Outcomes> {
	return await inTurn(parts, rounds(parts), send, (failure, round) => {
		if (round === 0) throw failure;
	});
}

/**
 * Sends parts in several requests, one after the other, whatever becomes of each.
 * @param requests the same parts, divided
 * @param failed told of a request that failed, with its place; may throw to end it all
 * @returns for each part, in the order given, its failure or `undefined`
 */
export async function inTurn(
	parts: readonly Part[],
	requests: ReadonlyArray<readonly Part[]>,
	send: Send,
	failed: (failure: Failure, place: number) => void = () => undefined,
): Promise<Outcomes> {
	const failures = new Map<Part, Failure | undefined>();
	for (const [place, some] of requests.entries()) {
		const result = await send(some).catch((error: unknown) => asFailure(error));
		if (result instanceof Failure) failed(result, place);
		some.forEach((part, at) => failures.set(part, result instanceof Failure ? result : result[at]));
	}
	return parts.map((part) => failures.get(part));
}

function rounds(parts: readonly Part[]): Part[][] {
	const found: Part[][] = [];
	const seen = new Map<string, number>();
	for (const part of parts) {
		const key = part.key ?? part.text;
		const round = seen.get(key) ?? 0;
		seen.set(key, round + 1);
		const open = found[round];
		if (open) open.push(part);
		else found.push([part]);
	}
	return found;
}
