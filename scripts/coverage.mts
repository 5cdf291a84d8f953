// npm run coverage:api
import { contractFile, coverageOf } from './coverage/api-coverage.mts';
import { APIS } from './coverage/apis.mts';

let unexplained = 0;
for (const api of APIS) {
	const file = contractFile(api);
	if (file === undefined) {
		console.log(
			`${api.name}: skipped, because ${api.contract} is not there (CONTRACTS_DIR names its folder)`,
		);
		continue;
	}
	const rows = coverageOf(api, file);
	const reached = rows.filter(({ files }) => files.length > 0);
	const missing = rows.filter(({ files, reason }) => files.length === 0 && reason === undefined);
	unexplained += missing.length;
	console.log(`\n${api.name}: ${reached.length} of ${rows.length} operations reached\n`);
	for (const { operation, files, reason } of rows) {
		const how =
			files.length > 0 ? files.join(', ') : reason === undefined ? 'NOT REACHED' : `left out: ${reason}`;
		console.log(
			`  ${files.length > 0 ? '✓' : reason === undefined ? '✗' : '–'} ${operation.padEnd(72)} ${how}`,
		);
	}
}
process.exitCode = unexplained > 0 ? 1 : 0;
