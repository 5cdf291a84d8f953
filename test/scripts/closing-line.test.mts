import { closingLine, sum } from '../../scripts/checks/run-checks.mts';
import { jestTally } from '../../scripts/checks/jest-report.mts';

describe('the closing line of npm test', () => {
	it('counts passed and failed, and skipped only if any were', () => {
		expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
		expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
	});

	it('adds up stages', () => {
		expect(
			sum([
				{ passed: 1, failed: 0, skipped: 0 },
				{ passed: 2, failed: 3, skipped: 4 },
			]),
		).toEqual({
			passed: 3,
			failed: 3,
			skipped: 4,
		});
	});

	it('counts a test file that could not be loaded as one failure', () => {
		const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
		const testResults = [
			{ status: 'failed', assertionResults: [] },
			{ status: 'failed', assertionResults: [{}] },
			{ status: 'passed', assertionResults: [{}] },
		];
		expect(jestTally({ ...report, testResults })).toEqual({ passed: 5, failed: 2, skipped: 2 });
	});
});
