// The table of docs/scale.md.
import { costOf, PLANS } from './cost-model.mts';

const SIZES: ReadonlyArray<readonly [name: string, customers: number]> = [
	['10 thousand', 10_000],
	['1 million', 1_000_000],
	['100 million', 100_000_000],
];

const count = (value: number) => Math.ceil(value).toLocaleString('en-US');

/** A time in minutes as people plan with it. */
function planned(minutes: number): string {
	const hours = minutes / 60;
	if (hours < 2) return `${count(minutes)} min`;
	if (hours < 48) return `${count(hours)} h`;
	const days = hours / 24;
	return days < 730 ? `${count(days)} days` : `${(days / 365).toFixed(1)} years`;
}

/** What a distribution costs by size and plan, as a Markdown table. */
export function costTable(): string {
	const rows = SIZES.flatMap(([size, customers]) =>
		PLANS.map((plan) => {
			const { calls, minutes, cycles, workers, runs, workerMb } = costOf(customers, plan);
			const cells = [
				size,
				plan.name,
				count(calls.voucherify),
				count(calls.braze),
				planned(minutes),
				cycles <= 1 ? `${count(cycles * 100)} % of one` : count(cycles),
				count(runs),
				count(workers),
				`${(workerMb / 1000).toFixed(1)} GB`,
			];
			return `| ${cells.join(' | ')} |`;
		}),
	);
	return [
		'| customers | plan | calls to Voucherify | calls to Braze | time | billing cycles | runs of the workflow | workers | memory of a worker |',
		'|---|---|--:|--:|--:|--:|--:|--:|--:|',
		...rows,
	].join('\n');
}
