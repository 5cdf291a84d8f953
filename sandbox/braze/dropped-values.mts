/** Latest notes that are kept. */
const KEPT = 200;

/** An attribute value that Braze would have dropped or shortened without a word. */
export interface DroppedValue {
	readonly user: string;
	readonly attribute: string;
	readonly outcome: 'dropped' | 'shortened';
	readonly reason: string;
}

/** What Braze keeps silent about: the latest values it dropped or shortened, and how many there were. */
export class DroppedValues {
	readonly #latest: DroppedValue[] = [];
	#count = 0;

	/** All of them, those no longer kept included. */
	get count(): number {
		return this.#count;
	}

	/** The latest 200, oldest first. */
	get latest(): readonly DroppedValue[] {
		return this.#latest;
	}

	/** Notes one. */
	add(value: DroppedValue): void {
		this.#count++;
		this.#latest.push(value);
		if (this.#latest.length > KEPT) this.#latest.shift();
	}
}
