import type { Campaign } from './campaign.mts';
import type { Codes } from './code-sequence.mts';
import { Voucher } from './voucher.mts';
import type { VoucherTraits } from './voucher-traits.mts';

/** Numbers of codes that were given, so that they never meet those of the sequence. */
const FIRST_GIVEN = 2 ** 40;

/** What the codes of a stock have in common. */
export interface StockOwner {
	/** Undefined for codes that belong to no campaign. */
	readonly campaign: Campaign | undefined;
	readonly traits: VoucherTraits;
	/** Part of every code's id. */
	readonly idStem: string;
	/** Whether everybody gets the same code, so that nobody holds it. */
	readonly isGeneric: boolean;
}

/** Codes: the first so many of a sequence, which take no memory until something happens to them, and given ones. */
export class VoucherStock {
	readonly #owner: StockOwner;
	readonly #codes: Codes;
	#generated = 0;
	/** Codes of the sequence that something happened to, by number. */
	readonly #kept = new Map<number, Voucher>();
	/** Numbers of codes of the sequence that are gone, ascending. */
	readonly #removed: number[] = [];
	readonly #given: Voucher[] = [];
	readonly #givenByCode = new Map<string, Voucher>();
	readonly #givenFree = new Set<Voucher>();
	#nextGiven = FIRST_GIVEN;
	#nextFree = 0;
	#published = 0;

	constructor(owner: StockOwner, codes: Codes) {
		this.#owner = owner;
		this.#codes = codes;
	}

	get campaign(): Campaign | undefined {
		return this.#owner.campaign;
	}

	get traits(): VoucherTraits {
		return this.#owner.traits;
	}

	get idStem(): string {
		return this.#owner.idStem;
	}

	/** Codes that exist. */
	get count(): number {
		return this.#generated - this.#removed.length + this.#given.length;
	}

	/** Codes that were given to somebody. */
	get publishedCount(): number {
		return this.#published;
	}

	/** Codes that something happened to, and given ones. */
	get touched(): Voucher[] {
		return [...this.#kept.values(), ...this.#given];
	}

	/** Makes the next `count` codes of the sequence; fewer when it ends. Returns how many. */
	generate(count: number): number {
		const before = this.#generated;
		this.#generated = Math.min(this.#codes.capacity, before + count);
		return this.#generated - before;
	}

	/** Makes the next code of the sequence, with traits of its own; undefined when the sequence has ended. */
	generateOne(own: Partial<VoucherTraits>): Voucher | undefined {
		const number = this.#generated;
		if (this.generate(1) === 0) return undefined;
		const voucher = new Voucher(this, number, this.#codes.code(number), own);
		this.#kept.set(number, voucher);
		return voucher;
	}

	/** The code at this place, which must be below `count`: those of the sequence first. */
	at(place: number): Voucher {
		const inSequence = this.#generated - this.#removed.length;
		const given = this.#given[place - inSequence];
		return place >= inSequence && given !== undefined ? given : this.#generatedVoucher(this.#numberAt(place));
	}

	find(code: string): Voucher | undefined {
		const given = this.#givenByCode.get(code);
		if (given !== undefined) return given;
		const number = this.#codes.index(code);
		return number === undefined || number >= this.#generated || this.#isRemoved(number)
			? undefined
			: this.#generatedVoucher(number);
	}

	/** The code with this id. */
	withId(id: string): Voucher | undefined {
		const stem = `v_${this.idStem}`;
		if (!id.startsWith(stem)) return undefined;
		const number = parseInt(id.slice(stem.length), 36);
		if (number >= FIRST_GIVEN) return this.#given.find(({ index }) => index === number);
		return number < this.#generated && !this.#isRemoved(number) ? this.#generatedVoucher(number) : undefined;
	}

	/** Adds a code of the caller's choice, which nothing may have yet. */
	add(code: string, own: Partial<VoucherTraits>): Voucher {
		const voucher = new Voucher(this, this.#nextGiven++, code, own);
		this.#given.push(voucher);
		this.#givenByCode.set(code, voucher);
		this.#givenFree.add(voucher);
		return voucher;
	}

	remove(voucher: Voucher): void {
		if (this.#givenByCode.delete(voucher.code)) {
			this.#given.splice(this.#given.indexOf(voucher), 1);
			this.#givenFree.delete(voucher);
			return;
		}
		this.#removed.splice(firstAtLeast(this.#removed, voucher.index), 0, voucher.index);
		this.#kept.delete(voucher.index);
	}

	/**
	 * The next codes that nobody holds, or undefined when there are fewer than `count`. They stay free until `hold`.
	 * @param mint whether codes may be made for it
	 */
	free(count: number, mint: boolean): Voucher[] | undefined {
		if (this.#owner.isGeneric) return count === 1 ? this.#given.slice(0, 1) : undefined;
		const free: Voucher[] = [];
		const end = mint ? this.#codes.capacity : this.#generated;
		for (let number = this.#nextFree; free.length < count && number < this.#generated; number++) {
			if (this.#isFree(number)) free.push(this.#generatedVoucher(number));
		}
		for (const voucher of this.#givenFree) {
			if (free.length >= count) break;
			if (voucher.traits.active) free.push(voucher);
		}
		for (let number = this.#generated; free.length < count && number < end; number++) {
			free.push(this.#generatedVoucher(number));
		}
		return free.length < count ? undefined : free;
	}

	/** Takes note that a code went to a customer at `at`. */
	hold(voucher: Voucher, customerId: string, at: number): void {
		if (voucher.publications === 0) this.#published++;
		voucher.publications++;
		if (!this.#owner.isGeneric) voucher.holderId = customerId;
		this.#givenFree.delete(voucher);
		voucher.touch(at);
		while (this.#nextFree < this.#generated && !this.#isFree(this.#nextFree)) this.#nextFree++;
	}

	/** Keeps a code that something happened to. */
	keep(voucher: Voucher): void {
		if (voucher.index >= FIRST_GIVEN) return;
		this.#kept.set(voucher.index, voucher);
		this.#generated = Math.max(this.#generated, voucher.index + 1);
	}

	#generatedVoucher(number: number): Voucher {
		return this.#kept.get(number) ?? new Voucher(this, number, this.#codes.code(number));
	}

	#isFree(number: number): boolean {
		const kept = this.#kept.get(number);
		if (kept !== undefined && (kept.publications > 0 || !kept.traits.active)) return false;
		return this.#removed.length === 0 || !this.#isRemoved(number);
	}

	#isRemoved(number: number): boolean {
		return this.#removed[firstAtLeast(this.#removed, number)] === number;
	}

	/** The number of the code at a place among those of the sequence that are left. */
	#numberAt(place: number): number {
		let low = 0;
		let high = this.#removed.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			// So many codes before the removed one are left.
			if ((this.#removed[middle] ?? Infinity) - middle <= place) low = middle + 1;
			else high = middle;
		}
		return place + low;
	}
}

/** Index of the first number that is not below `bound`, in an ascending list. */
function firstAtLeast(numbers: readonly number[], bound: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((numbers[middle] ?? Infinity) < bound) low = middle + 1;
		else high = middle;
	}
	return low;
}
