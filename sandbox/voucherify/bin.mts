/** Something that was deleted without `force=true`. */
export interface BinEntry {
	readonly id: string;
	readonly object: 'voucher' | 'campaign' | 'customer';
	/** Code, name or source_id. */
	readonly name: string;
	/** Milliseconds since 1970. */
	readonly deletedAt: number;
}

/** Where deleted things go unless they are deleted for good. There is no route to look into it. */
export class Bin {
	readonly #entries: BinEntry[] = [];

	/** In the order in which they were deleted. */
	get entries(): readonly BinEntry[] {
		return this.#entries;
	}

	put(entry: BinEntry): void {
		this.#entries.push(entry);
	}
}
