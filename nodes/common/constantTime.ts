import { createHash, timingSafeEqual } from 'crypto';

/** Whether two texts are equal, in a time that tells nothing about where they differ or how long they are. */
export function equalInConstantTime(one: string, other: string): boolean {
	return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
