import { stripVTControlCharacters } from 'node:util';
import { reasonOf, startStage } from '../progress.mts';
import type { Check } from './checks.mts';

/** How many checks or tests passed, failed and were skipped. */
export interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/** The closing line: `N passed, N failed`, and what was skipped if anything was. */
export function closingLine({ passed, failed, skipped }: Tally): string {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The sum of several tallies. */
export function sum(tallies: readonly Tally[]): Tally {
	return {
		passed: tallies.reduce((total, { passed }) => total + passed, 0),
		failed: tallies.reduce((total, { failed }) => total + failed, 0),
		skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
	};
}

/** Runs the checks one after the other, all of them whatever fails, and prints what each found wrong. */
export async function runChecks(checks: readonly Check[], projectFolder: string): Promise<Tally> {
	const tallies: Tally[] = [];
	for (const check of checks) {
		const stage = startStage(check.title);
		const findings = await check.run(projectFolder).catch(reasonOf);
		if (findings === '') {
			stage.done();
		} else {
			stage.fail('see below');
			console.log(`\n${process.stdout.isTTY ? findings : stripVTControlCharacters(findings)}\n`);
		}
		tallies.push({ passed: findings === '' ? 1 : 0, failed: findings === '' ? 0 : 1, skipped: 0 });
	}
	return sum(tallies);
}
