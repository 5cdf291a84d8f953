import type { Clock } from '../common/clock.mts';

export interface VoucherifyOptions {
	readonly clock: Clock;
	readonly seed: number;
	readonly customers: number;
	readonly codes: number;
	readonly exportMs: number;
	readonly duplicateSourceId: 'return' | 'refuse';
	readonly webhookSecret: string;
	readonly webhook: string | undefined;
}

/** What Voucherify knows. */
export class VoucherifyState {
	url = '';
	constructor(readonly options: VoucherifyOptions) {}
	reset(): void {}
	close(): void {}
	snapshot(_latest: number): object {
		return {};
	}
}
