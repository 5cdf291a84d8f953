import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { joinedChunks } from '../../nodes/common/joinedChunks';
import { RowCounter } from '../../nodes/Voucherify/resources/export/rowCounter';
import { inPieces } from './pieces.mts';

const cell = fc.string({ unit: fc.constantFrom('A', '7', ' ', ',', '"', '\n', 'é') });
const row = fc.array(cell, { minLength: 2, maxLength: 3 });

async function pass(pieces: readonly Buffer[]): Promise<{ counter: RowCounter; passed: Buffer[] }> {
	async function* source(): AsyncGenerator<Buffer> {
		yield* pieces;
	}
	const counter = new RowCounter();
	const passed: Buffer[] = [];
	for await (const chunk of joinedChunks(counter.counting(source()))) passed.push(chunk);
	return { counter, passed };
}

describe('a CSV file that passes by', () => {
	it('is counted as csv-parse counts it and comes out as it went in, wherever its pieces are cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(row),
				fc.boolean(),
				fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
				async (rows, endsWithLineFeed, lengths) => {
					const whole = rows
						.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',') + '\n')
						.join('');
					const text = endsWithLineFeed ? whole : whole.slice(0, -1);
					const { counter, passed } = await pass(inPieces(Buffer.from(text), lengths));
					expect(Buffer.concat(passed).toString()).toBe(text);
					expect(counter.bytes).toBe(Buffer.byteLength(text));
					expect(counter.rows).toBe(parse(text, { relax_column_count: true }).length);
				},
			),
			{ numRuns: 1_000 },
		);
	});

	it('comes out in few pieces, large ones uncopied', async () => {
		const sizes = [10, 100_000, 3, 40_000, ...Array.from({ length: 100 }, () => 1000)];
		const pieces = sizes.map((size) => Buffer.alloc(size, 'x'));
		const { passed } = await pass(pieces);
		expect(passed.map((chunk) => chunk.length)).toEqual([10, 100_000, 3, 40_000, 66_000, 34_000]);
		expect(passed[1]).toBe(pieces[1]);
	});
});
