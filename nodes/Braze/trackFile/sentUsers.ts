import { createHash } from 'crypto';
import type { ChangedUsers } from '../track/skipUnchanged';

/** 2 ** 27 bits, 16 MB: with 13 million users, one in a hundred is taken for one that was added. */
const BYTES = 2 ** 24;

/** Bits that stand for a user. */
const HASHES = 7;

/**
 * Remembers users in a memory that does not grow with them (a Bloom filter). It forgets none; a user that it takes for another is sent
 * what the profile has already, which costs a few data points and nothing else.
 */
export class SentUsers implements ChangedUsers {
	private bits: Uint8Array | undefined;

	has(user: string): boolean {
		const { bits } = this;
		return (
			bits !== undefined &&
			places(user).every((place) => ((bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0)
		);
	}

	add(user: string): void {
		this.bits ??= new Uint8Array(BYTES);
		for (const place of places(user))
			this.bits[place >>> 3] = (this.bits[place >>> 3] ?? 0) | (1 << (place & 7));
	}
}

function places(user: string): number[] {
	const digest = createHash('sha256').update(user).digest();
	return Array.from({ length: HASHES }, (_, index) => digest.readUInt32LE(index * 4) % (BYTES * 8));
}
