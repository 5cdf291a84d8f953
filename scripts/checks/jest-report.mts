import type { Tally } from './run-checks.mts';

/** The part of what jest writes with `--json` that counts. */
export interface JestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	readonly testResults: ReadonlyArray<{
		readonly status: string;
		readonly assertionResults: readonly unknown[];
	}>;
}

/** What a jest report counts; a test file that could not even be loaded is one failure. */
export function jestTally(report: JestReport): Tally {
	const broken = report.testResults.filter(
		(file) => file.status === 'failed' && file.assertionResults.length === 0,
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}
