import { cutOff } from './archiveFailure';
import type { ByteSource } from './byteSource';

/**
 * The bytes up to an end that is known only by what comes after it; that is left where it is.
 * @param after so many bytes tell, together with the byte before them, whether the end comes before them
 * @param find gives the place of the end in a window, or `undefined`; `isLast` when nothing comes after the window
 * @throws {Failure} when there is no end
 */
export async function* bytesUntil(
	source: ByteSource,
	after: number,
	find: (window: Buffer, isLast: boolean) => number | undefined,
): AsyncGenerator<Buffer> {
	for (;;) {
		const window = await source.peek(after + 1);
		const isLast = window.length <= after;
		const end = find(window, isLast);
		if (end !== undefined) {
			if (end > 0) yield source.skip(end);
			return;
		}
		if (isLast) throw cutOff();
		yield source.skip(window.length - after);
	}
}
