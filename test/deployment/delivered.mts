// What a distribution came to, as the sandbox has it.
import axios from 'axios';
import { checkDelivery } from '../../scripts/start/delivery.mts';
import type { SandboxAddresses } from '../../scripts/start/sandbox-process.mts';
import { readDelivery } from '../../scripts/start/sandbox-state.mts';

/** What speaks against exactly one code for each of so many customers, on the right profile. */
export async function problemsOf(
	sandbox: Pick<SandboxAddresses, 'voucherify'>,
	customers: number,
): Promise<string[]> {
	const state = await readDelivery(sandbox);
	const { codes, profiles, problems } = checkDelivery(state);
	const owned = new Map<string | undefined, number>();
	for (const { customerSourceId: customer, codes: mine } of state.voucherify.publications) {
		owned.set(customer, (owned.get(customer) ?? 0) + mine.length);
	}
	const several = [...owned].filter(([, count]) => count !== 1);
	return [
		...(codes === customers ? [] : [`${codes} codes were handed out to ${customers} customers.`]),
		...(profiles === customers ? [] : [`${profiles} of ${customers} profiles have their code.`]),
		...several.map(([customer, count]) => `${customer} has ${count} codes.`),
		...problems,
	];
}

/** How many codes are handed out by now. */
export async function codesHandedOut({ voucherify }: Pick<SandboxAddresses, 'voucherify'>): Promise<number> {
	const { data } = await axios.get<{ voucherify: { counts: { publications: number } } }>(
		`${voucherify.url}/_sandbox/state?latest=0`,
	);
	return data.voucherify.counts.publications;
}
