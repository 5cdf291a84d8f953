/** Counts what was checked, and prints it as a table when all tests of the file have run. */
export class Tally {
	private readonly rows = new Map<string, { checked: number; broken: number }>();

	constructor() {
		afterAll(() => {
			const rows = [...this.rows].map(
				([what, { checked, broken }]) => `| ${what} | ${checked} | ${broken} |`,
			);
			process.stdout.write(`\n${['| check | cases | broken |', '|---|---|---|', ...rows].join('\n')}\n`);
		});
	}

	/** Adds cases to a row. */
	count(what: string, checked: number, broken = 0): void {
		const row = this.rows.get(what) ?? { checked: 0, broken: 0 };
		this.rows.set(what, { checked: row.checked + checked, broken: row.broken + broken });
	}
}
