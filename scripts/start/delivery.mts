// Whether the codes that Voucherify handed out really are on the Braze profiles of those who got them.

/** The part of the sandbox's state that delivery shows in. */
export interface DeliveryState {
	readonly voucherify: {
		readonly publications: ReadonlyArray<{
			/** The customer's `source_id`, which is the profile's external ID in Braze. */
			readonly customerSourceId?: string;
			readonly codes: readonly string[];
		}>;
	};
	readonly braze: {
		readonly users: ReadonlyArray<{
			readonly external_id?: string;
			readonly custom_attributes: Readonly<Record<string, unknown>>;
		}>;
	};
}

/** What was found; `problems` is empty only when every code is on the right profile and none was handed out twice. */
export interface Delivery {
	readonly codes: number;
	readonly profiles: number;
	readonly problems: readonly string[];
}

/** All texts within a value, however deep. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Compares the publications of Voucherify with the custom attributes of Braze's profiles. */
export function checkDelivery({ voucherify, braze }: DeliveryState): Delivery {
	const textsByUser = new Map(
		braze.users.map((user) => [user.external_id, new Set(textsIn(user.custom_attributes))]),
	);
	const owners = new Map<string, string | undefined>();
	const reached = new Set<string | undefined>();
	const problems: string[] = [];
	for (const { customerSourceId: customer, codes } of voucherify.publications) {
		for (const code of codes) {
			const owner = owners.get(code);
			if (owner !== undefined && owner !== customer)
				problems.push(`${code} went to both ${owner} and ${customer}.`);
			owners.set(code, customer);
			if (textsByUser.get(customer)?.has(code)) reached.add(customer);
			else problems.push(`${code} was handed out to ${customer}, but is not on that profile in Braze.`);
		}
	}
	if (owners.size === 0) problems.push('Voucherify handed out no code.');
	return { codes: owners.size, profiles: reached.size, problems };
}
