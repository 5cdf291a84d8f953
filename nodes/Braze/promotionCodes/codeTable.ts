/** 32-bit words of a key, and of a slot. */
const WORDS = 3;
const BYTES = WORDS * 4;

/**
 * A table grows by whole segments of 2 ** SEGMENT_BITS slots. They are small so that a table starts small, and has been through all that
 * can happen to it by the time that V8 optimises its code: what is rare then, V8 leaves out and starts over when it comes.
 */
const SEGMENT_BITS = 8;
const SEGMENT = 2 ** SEGMENT_BITS;

/** Fuller than this, a table grows: the number of slots to look at rises steeply beyond. */
const LARGEST_LOAD = 0.8;

/** By how many parts of its size a table grows: after it, 0.8 / 1.25 of the slots are in use, which is 18.75 bytes a key. */
const GROWTH = 1 / 4;

/** How many times its size a table becomes at most because more keys are expected: they may fail to appear. */
const MOST_GROWTH = 2;

/**
 * Slots after the last home. At the largest load, d keys are pushed beyond it with a chance that falls like exp(-0.46 d), as in a queue
 * that serves a key a slot, so that the margin is too short once in 10 ** 25 times.
 */
const MARGIN = 128;

/** What can't happen with random keys in any number of runs. */
const NO_ROOM = 'The duplicate check ran out of room';

const NO_BLOCK = new Int32Array(0);

/**
 * A set of keys of 96 random bits, by open addressing with 12 bytes a slot; an empty slot is all zeros. The home of a key grows with its
 * first word, so that the keys lie nearly in order, and growing moves each of them to the right. The slots lie in blocks, of which each
 * growth adds one: nothing is ever held twice.
 */
export class CodeTable {
	/** How many keys to prepare for. */
	expected = 0;
	private readonly blocks: Int32Array[] = [];
	/** The first slot of each block. */
	private readonly starts: number[] = [];
	/** In which block each segment lies. */
	private blockOf = new Uint8Array(0);
	private slots = 0;
	private homesPerWord = 0;
	private room = 0;
	private used = 0;
	private hasZeroKey = false;

	constructor() {
		this.extend(1);
	}

	/** Memory taken, in bytes. */
	get bytes(): number {
		return this.slots * BYTES;
	}

	/** Adds a key, given as three 32-bit words; false when it is there already. */
	add(a: number, b: number, c: number): boolean {
		if ((a | b | c) === 0) return this.addZeroKey();
		if (!this.insert(a, b, c, this.home(a))) return false;
		this.used++;
		if (this.used >= this.room) this.grow();
		return true;
	}

	/** Whether a key is there, given as three 32-bit words. */
	has(a: number, b: number, c: number): boolean {
		if ((a | b | c) === 0) return this.hasZeroKey;
		const home = this.home(a);
		let index = this.blockOf[home >> SEGMENT_BITS] ?? 0;
		let at = (home - (this.starts[index] ?? 0)) * WORDS;
		for (; ; at = 0, index++) {
			const block = this.blocks[index];
			if (block === undefined) return false;
			for (; at < block.length; at += WORDS) {
				const first = block[at];
				if (first === a && block[at + 1] === b && block[at + 2] === c) return true;
				if (first === 0 && block[at + 1] === 0 && block[at + 2] === 0) return false;
			}
		}
	}

	private addZeroKey(): boolean {
		const isNew = !this.hasZeroKey;
		this.hasZeroKey = true;
		return isNew;
	}

	private home(first: number): number {
		return ((first + 2 ** 31) * this.homesPerWord) | 0;
	}

	/** Puts a key into the first free slot from its home on; false when it is met on the way. */
	private insert(a: number, b: number, c: number, home: number): boolean {
		let index = this.blockOf[home >> SEGMENT_BITS] ?? 0;
		let at = (home - (this.starts[index] ?? 0)) * WORDS;
		for (; ; at = 0, index++) {
			const block = this.blocks[index] ?? NO_BLOCK;
			if (block === NO_BLOCK) throw new Error(NO_ROOM);
			for (; at < block.length; at += WORDS) {
				const first = block[at];
				if (first === a && block[at + 1] === b && block[at + 2] === c) return false;
				if (first === 0 && block[at + 1] === 0 && block[at + 2] === 0) {
					block[at] = a;
					block[at + 1] = b;
					block[at + 2] = c;
					return true;
				}
			}
		}
	}

	private grow(): void {
		const segments = this.blockOf.length;
		const least = Math.max(1, Math.floor(segments * GROWTH));
		const forecast = Math.ceil(this.expected / LARGEST_LOAD / SEGMENT) - segments;
		this.extend(Math.max(least, Math.min(forecast, segments * (MOST_GROWTH - 1))));
		this.rearrange();
	}

	/** Adds a block of so many segments. */
	private extend(segments: number): void {
		const blockOf = new Uint8Array(this.blockOf.length + segments).fill(this.blocks.length);
		blockOf.set(this.blockOf);
		this.blockOf = blockOf;
		this.starts.push(this.slots);
		this.blocks.push(new Int32Array(segments * SEGMENT * WORDS));
		this.slots += segments * SEGMENT;
		this.homesPerWord = (this.slots - MARGIN) / 2 ** 32;
		this.room = Math.floor((this.slots - MARGIN) * LARGEST_LOAD);
	}

	/**
	 * Moves all keys to their new homes, from the right on: to the right of a key, all have been moved already. Among the first slots there
	 * are keys whose new home is left of where they lie; those are taken out, and put back when all is done.
	 */
	private rearrange(): void {
		const takenOut: number[] = [];
		for (let index = this.blocks.length - 2; index >= 0; index--) this.move(index, takenOut);
		for (let at = 0; at < takenOut.length; at += WORDS) {
			const a = takenOut[at] ?? 0;
			this.insert(a, takenOut[at + 1] ?? 0, takenOut[at + 2] ?? 0, this.home(a));
		}
	}

	private move(index: number, takenOut: number[]): void {
		const block = this.blocks[index] ?? NO_BLOCK;
		const start = this.starts[index] ?? 0;
		for (let at = block.length - WORDS; at >= 0; at -= WORDS) {
			const a = block[at] ?? 0;
			const b = block[at + 1] ?? 0;
			const c = block[at + 2] ?? 0;
			if ((a | b | c) === 0) continue;
			block[at] = 0;
			block[at + 1] = 0;
			block[at + 2] = 0;
			const home = this.home(a);
			if (home >= start + at / WORDS) this.insert(a, b, c, home);
			else takenOut.push(a, b, c);
		}
	}
}
