import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../../nodes/Voucherify/answer';
import { type TimePage, TimePages } from '../../nodes/Voucherify/timePages';

/** How a service might understand a cursor that is a moment; the documentation leaves it open. */
interface Service {
	readonly rows: readonly IDataObject[];
	readonly size: number;
	/** Whether rows of exactly the cursor's moment come again. */
	readonly inclusive: boolean;
	readonly saysMore: boolean;
	readonly saysTotal: boolean;
	/** Whether of rows that share a moment the newest come first. */
	readonly tiesBackwards: boolean;
}

const START = Date.UTC(2026, 0, 1);

/** Rows whose moments lie `gaps` milliseconds apart. */
function rowsOf(gaps: readonly number[]): IDataObject[] {
	let at = START;
	return gaps.map((gap, n) => ({ id: `cust_${n}`, created_at: new Date((at += gap)).toISOString() }));
}

function answer(service: Service, { after, page }: TimePage): Page {
	const cursor = after === undefined ? -Infinity : Date.parse(after);
	const at = (row: IDataObject) => Date.parse(String(row.created_at));
	const ordered = service.tiesBackwards
		? [...service.rows].reverse().sort((a, b) => at(a) - at(b))
		: service.rows;
	const rest = ordered.filter((row) => (service.inclusive ? at(row) >= cursor : at(row) > cursor));
	return {
		rows: rest.slice((page - 1) * service.size, page * service.size),
		total: service.saysTotal ? service.rows.length : undefined,
		hasMore: service.saysMore ? page * service.size < rest.length : undefined,
	};
}

function readAll(service: Service): { ids: unknown[]; requests: number; missing: number } {
	const pages = new TimePages(service.size);
	const ids: unknown[] = [];
	let requests = 0;
	for (let next = pages.next; next !== undefined; next = pages.next) {
		requests++;
		ids.push(...pages.take(answer(service, next)).map(({ id }) => id));
	}
	return { ids, requests, missing: pages.missing };
}

const anyService = fc.record({
	// Mostly ties and neighbouring milliseconds: there lie the difficulties.
	rows: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, 60_000), { maxLength: 120 }).map((gaps) => rowsOf(gaps)),
	size: fc.integer({ min: 2, max: 12 }),
	inclusive: fc.boolean(),
	saysMore: fc.boolean(),
	saysTotal: fc.boolean(),
	tiesBackwards: fc.boolean(),
});

describe('A list that is read by moments of creation', () => {
	test('gives every row once, oldest first, however a service understands its cursor and whatever it says besides', () => {
		fc.assert(
			fc.property(anyService, (service) => {
				const { ids, missing } = readAll(service);
				expect([...ids].sort()).toEqual(service.rows.map(({ id }) => id).sort());
				expect(missing).toBe(0);
			}),
			{ numRuns: 2_000, seed: 1 },
		);
	});

	test('costs one request for 99 rows when no two rows share a moment', () => {
		const rows = rowsOf(new Array<number>(5_000).fill(1_000));
		const service = {
			rows,
			size: 100,
			inclusive: false,
			saysMore: true,
			saysTotal: true,
			tiesBackwards: false,
		};
		expect(readAll(service).requests).toBe(Math.ceil((5_000 - 1) / 99));
	});

	test.each([true, false])(
		'gets past groups of 150 rows that share a moment (cursor inclusive: %s)',
		(inclusive) => {
			const gaps = Array.from({ length: 3_000 }, (_, n) => (n % 150 === 0 ? 1_000 : 0));
			const service = {
				rows: rowsOf(gaps),
				size: 100,
				inclusive,
				saysMore: true,
				saysTotal: true,
				tiesBackwards: false,
			};
			expect(readAll(service).ids).toEqual(service.rows.map(({ id }) => id));
		},
	);

	test('says how many announced rows did not come', () => {
		const pages = new TimePages(2);
		pages.take({ rows: rowsOf([1]), total: 3, hasMore: false });
		expect(pages.next).toBeUndefined();
		expect(pages.missing).toBe(2);
	});

	test('fails rather than losing rows when more share a moment than pages reach', () => {
		const service = {
			rows: rowsOf(new Array<number>(250).fill(0)),
			size: 2,
			inclusive: false,
			saysMore: true,
			saysTotal: true,
			tiesBackwards: false,
		};
		expect(() => readAll(service)).toThrow(
			'More objects were created at 2026-01-01T00:00:00.000Z than Voucherify lists',
		);
	});

	test('fails for rows without the time of their creation', () => {
		const row = { id: 'cust_1' };
		expect(() => new TimePages(1).take({ rows: [row], total: 2, hasMore: true })).toThrow(/cust_1/);
	});
});
