// What a sandbox in another process tells of itself.
import axios from 'axios';
import type { DeliveryState } from './delivery.mts';
import type { SandboxAddresses } from './sandbox-process.mts';

type Addressed = Pick<SandboxAddresses, 'voucherify'>;

/** Who was handed out which codes, and what the profiles hold. */
export async function readDelivery({ voucherify }: Addressed): Promise<DeliveryState> {
	const state = await axios.get<DeliveryState>(`${voucherify.url}/_sandbox/state`, {
		maxContentLength: Infinity,
	});
	return state.data;
}

/** How often each route of both services was asked since the sandbox was reset, by method and path. */
export async function requestTotals({ voucherify }: Addressed): Promise<Readonly<Record<string, number>>> {
	const log = await axios.get<{ totals: Record<string, number> }>(`${voucherify.url}/_sandbox/log?latest=0`);
	return log.data.totals;
}
