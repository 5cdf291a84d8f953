import type { JsonObject } from './json.mts';
import type { CsvRow } from './upload.mts';

const TEXTS = ['name', 'email', 'phone', 'birthday', 'birthdate', 'description'] as const;
const ADDRESS = ['line_1', 'line_2', 'postal_code', 'city', 'state', 'country'] as const;

/** What a row of a CSV file says of a customer, as a request body would; columns of other names are metadata. */
export function customerOfRow(row: CsvRow): JsonObject {
	const known = new Set<string>(['source_id', ...TEXTS, ...ADDRESS.map((part) => `address_${part}`)]);
	const address = Object.fromEntries(
		ADDRESS.flatMap((part) => {
			const text = row[`address_${part}`];
			return text ? [[part, text]] : [];
		}),
	);
	const texts = TEXTS.flatMap((name) => (row[name] ? [[name, row[name]]] : []));
	const metadata = Object.entries(row).filter(([column, text]) => !known.has(column) && text !== '');
	return {
		...(row['source_id'] && { source_id: row['source_id'] }),
		...Object.fromEntries(texts),
		...(Object.keys(address).length > 0 && { address }),
		metadata: Object.fromEntries(metadata),
	};
}
