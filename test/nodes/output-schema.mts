import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { inferSchema } from './inferred-schema.mts';

/**
 * Expects the schema that the editor shows of an operation's output to describe these items. With WRITE_SCHEMAS=1 it is written instead.
 * @param operation for example `export/get`
 */
export function expectSchema(node: string, operation: string, items: readonly IDataObject[]): void {
	expect(items.length).toBeGreaterThan(0);
	const schema = { ...inferSchema(items), version: 1 };
	const file = join(process.cwd(), 'nodes', node, '__schema__', 'v1.0.0', `${operation}.json`);
	if (process.env['WRITE_SCHEMAS'] === '1') {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
	}
	expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
}
