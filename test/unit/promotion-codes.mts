// Looking up a global takes long where tests run, in a context of its own.
const { floor, imul } = Math;

const LETTERS = Buffer.from('ABCDEFGHJKLMNPQRSTUVWXYZ23456789');

/** So many different codes of a length, one after the other: a counter in base 32, scrambled so that neighbours differ in every place. */
export function codes(count: number, length: number): Buffer {
	const bytes = Buffer.alloc(count * length, 'A');
	const places = Math.min(7, length);
	for (let index = 0; index < count; index++) {
		// Multiplication by an odd number goes through all 32-bit numbers.
		let rest = imul(index, 0x9e3779b1) >>> 0;
		for (let place = 0; place < places; place++) {
			bytes[index * length + place] = LETTERS[rest % 32] ?? 0;
			rest = floor(rest / 32);
		}
	}
	return bytes;
}
