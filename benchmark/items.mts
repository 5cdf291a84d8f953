// The items that every contestant is given. Runs in n8n's process too, so it imports nothing.

/** What lies in an item: a customer with fields that become attributes, or a code that Voucherify handed out. */
export type Shape = 'profiles' | 'publications';

/** What the scripts send of a profile; an item of n8n is one of these. */
export type Fields = Readonly<Record<string, unknown>>;

const TIERS = ['bronze', 'silver', 'gold'];

const customerId = (index: number): string => `customer-${String(index + 1).padStart(6, '0')}`;

function profile(index: number): Fields {
	return {
		external_id: customerId(index),
		first_name: `Name ${index}`,
		loyalty_tier: TIERS[index % TIERS.length],
		points: index,
		favourite_store: `Store ${index % 40}`,
		opted_in: index % 2 === 0,
	};
}

function publication(index: number): Fields {
	const code = `SUMMER-${index.toString(36).toUpperCase().padStart(8, '0')}`;
	return {
		id: `pub_${index}`,
		created_at: '2026-06-01T08:00:00.000Z',
		channel: 'Braze',
		result: 'SUCCESS',
		metadata: {},
		campaign: { id: 'camp_1', name: 'Summer Sale 20%' },
		customer: { id: `cust_${index}`, source_id: customerId(index), name: `Name ${index}`, email: null },
		voucher: {
			id: `v_${index}`,
			code,
			type: 'DISCOUNT_VOUCHER',
			discount: { type: 'PERCENT', percent_off: 20 },
			start_date: null,
			expiration_date: '2026-09-01T00:00:00.000Z',
			active: true,
			assets: {
				qr: { url: `https://dl.example.com/qr/${code}.png` },
				barcode: { url: `https://dl.example.com/barcode/${code}.png` },
			},
		},
		code,
	};
}

/** So many different items, the same ones each time. */
export function items(shape: Shape, count: number): Fields[] {
	return Array.from({ length: count }, (_, index) =>
		shape === 'profiles' ? profile(index) : publication(index),
	);
}
