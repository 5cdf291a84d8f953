/** What a code is worth, in Voucherify's own shapes: amounts in cents, points as they are. */
export type Incentive =
	| { readonly kind: 'discount'; readonly discount: Discount }
	| { readonly kind: 'gift'; readonly amount: number }
	| { readonly kind: 'loyalty'; readonly points: number };

/** The three kinds of discount that the sandbox's campaigns give. */
export type Discount =
	| { readonly type: 'AMOUNT'; readonly amount_off: number; readonly effect: 'APPLY_TO_ORDER' }
	| { readonly type: 'PERCENT'; readonly percent_off: number; readonly effect: 'APPLY_TO_ORDER' }
	| {
			readonly type: 'UNIT';
			readonly unit_off: number;
			readonly unit_type: string;
			readonly effect: 'ADD_NEW_ITEMS';
			readonly product: { readonly id: string; readonly source_id: string; readonly name: string };
	  };

export type VoucherType = 'DISCOUNT_VOUCHER' | 'GIFT_VOUCHER' | 'LOYALTY_CARD';

/** Voucherify's name for the kind of voucher that carries the incentive. */
export function voucherType(incentive: Incentive): VoucherType {
	switch (incentive.kind) {
		case 'discount':
			return 'DISCOUNT_VOUCHER';
		case 'gift':
			return 'GIFT_VOUCHER';
		case 'loyalty':
			return 'LOYALTY_CARD';
	}
}
