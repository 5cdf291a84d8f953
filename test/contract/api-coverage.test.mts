import { contractFile, coverageOf } from '../../scripts/coverage/api-coverage.mts';
import { APIS } from '../../scripts/coverage/apis.mts';

for (const api of APIS) {
	const file = contractFile(api);
	const title = `The nodes reach all of ${api.name}'s API`;
	(file === undefined ? describe.skip : describe)(
		file === undefined ? `${title} (skipped: there is no ${api.contract})` : title,
		() => {
			const rows = file === undefined ? [] : coverageOf(api, file);

			test('or say why not', () => {
				expect(rows.filter(({ files, reason }) => files.length === 0 && reason === undefined)).toEqual([]);
			});

			test('and give no reason for what they reach, nor for what does not exist', () => {
				expect(rows.filter(({ files, reason }) => files.length > 0 && reason !== undefined)).toEqual([]);
				const operations = rows.map(({ operation }) => operation);
				expect(Object.keys(api.leftOut).filter((operation) => !operations.includes(operation))).toEqual([]);
			});
		},
	);
}
