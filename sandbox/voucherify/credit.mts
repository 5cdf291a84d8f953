/** Why a balance changes; decides on which of its sums move. */
export type CreditMove = 'add' | 'remove' | 'redeem' | 'refund' | 'expire' | 'transferIn' | 'transferOut';

/** The account of a gift card (cents) or of a loyalty card (points). */
export class Credit {
	/** All that was ever added. */
	total: number;
	balance: number;
	subtracted = 0;
	redeemed = 0;
	expired = 0;
	/** Points that will be there later; not part of the balance. */
	pending = 0;

	constructor(start: number) {
		this.total = start;
		this.balance = start;
	}

	/** Moves `amount` (0 or more) in the direction that the move says. */
	move(move: CreditMove, amount: number): void {
		switch (move) {
			case 'add':
			case 'transferIn':
				this.total += amount;
				this.balance += amount;
				return;
			case 'remove':
			case 'transferOut':
				this.subtracted += amount;
				this.balance -= amount;
				return;
			case 'redeem':
				this.redeemed += amount;
				this.balance -= amount;
				return;
			case 'refund':
				this.redeemed -= amount;
				this.balance += amount;
				return;
			case 'expire':
				this.expired += amount;
				this.balance -= amount;
		}
	}
}
