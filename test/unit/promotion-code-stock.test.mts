import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvColumn } from '../../nodes/common/csvColumn';
import { CodeColumn } from '../../nodes/Braze/promotionCodes/codeColumn';
import { ListedCodes } from '../../nodes/Braze/promotionCodes/listedCodes';
import { Stock, type StockCounts } from '../../nodes/Braze/promotionCodes/stock';
import { stockReport, type ListFacts, type LowStock } from '../../nodes/Braze/promotionCodes/stockReport';
import { inPieces } from './pieces.mts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const LIST_ENDS = Date.parse('2027-02-01T00:00:00Z');
const COMMA = 0x2c;
const HEADER = 'Code,Customer ID,Redemption Count,Redemption Quantity,Active,Expiration Date';

function count(
	text: string,
	{ list = undefined as ListedCodes | undefined, lengths = [] as Iterable<number> } = {},
): StockCounts {
	const stock = new Stock(list, NOW, LIST_ENDS, COMMA);
	for (const piece of inPieces(Buffer.from(text), lengths)) stock.read(piece);
	stock.end();
	return stock.counts;
}

function listOf(text: string, lengths: Iterable<number> = []): ListedCodes {
	const list = new ListedCodes();
	const column = new CsvColumn(new CodeColumn(list, '', 'auto'), COMMA);
	for (const piece of inPieces(Buffer.from(text), lengths)) column.read(piece);
	column.end();
	return list;
}

const rows = (...lines: string[]) => [HEADER, ...lines, ''].join('\n');

const codes = fc.stringMatching(/^[A-C0-2é]{1,3}$/);
const voucher = fc.record({
	code: codes,
	holder: fc.constantFrom('', 'cust_1', 'a "quoted", one'),
	redeemed: fc.constantFrom('', '0', '1', '3'),
	quantity: fc.constantFrom('', '1', '3'),
	active: fc.constantFrom('true', 'false', 'TRUE'),
	expires: fc.constantFrom(
		'',
		'2026-11-30T11:59:59.000Z',
		'2026-11-30T12:00:01.000Z',
		'2027-01-31T23:59:59Z',
		'2027-02-01 00:00:01',
		'2026-01-01',
	),
});
const LABELS = {
	code: ['Code', 'code', 'Voucher Code'],
	holder: ['Customer ID', 'customer_id', 'Customer Source ID'],
	redeemed: ['Redemption Count', 'redemption_count'],
	quantity: ['Redemption Quantity'],
	active: ['Active'],
	expires: ['Expiration Date'],
	other: ['Season'],
} as const;
const cellOf = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
type Name = keyof typeof LABELS;
const order = fc.shuffledSubarray(Object.keys(LABELS) as Name[], { minLength: 7 });
const labelled = fc.infiniteStream(fc.nat());

describe('the stock of a list', () => {
	it('is counted as row by row by hand, whatever the order of the columns and wherever the file is cut into pieces', () => {
		fc.assert(
			fc.property(
				fc.array(voucher, { maxLength: 30 }),
				fc.option(fc.uniqueArray(codes), { nil: undefined }),
				order,
				labelled,
				fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
				(vouchers, listed, names, choices, lengths) => {
					const header = names.map((name) => LABELS[name][choices.next().value % LABELS[name].length]);
					const text = [
						header.join(','),
						...vouchers.map((one) =>
							names.map((name) => cellOf(name === 'other' ? 'x, y' : one[name])).join(','),
						),
					].join('\r\n');
					const list = listed && listOf(listed.join('\n'), lengths);
					const got = count(text, { list, lengths });

					// The columns are known by their places to the model, and by their names to the code.
					const cells: string[][] = parse(text, { from: 2 });
					const at = (row: string[], name: Name) => row[names.indexOf(name)] ?? '';
					const found = cells.filter((row) => listed?.includes(at(row, 'code')) ?? true);
					const moment = (row: string[]) =>
						at(row, 'expires') === ''
							? Infinity
							: Date.parse(at(row, 'expires').replace(/^(.{10}) (.*)$/, '$1T$2Z'));
					const times = (row: string[]) => Number(at(row, 'redeemed'));
					const is = {
						published: (row: string[]) => at(row, 'holder') !== '',
						redeemed: (row: string[]) => times(row) > 0,
						redeemedInFull: (row: string[]) =>
							at(row, 'quantity') !== '' && times(row) >= Number(at(row, 'quantity')),
						inactive: (row: string[]) => at(row, 'active') === 'false',
						expired: (row: string[]) => moment(row) <= NOW,
					};
					const usable = found.filter(
						(row) => !is.published(row) && !is.redeemed(row) && !is.inactive(row) && !is.expired(row),
					);
					expect(got).toEqual({
						found: found.length,
						notOnList: cells.length - found.length,
						...Object.fromEntries(
							Object.entries(is).map(([name, applies]) => [name, found.filter(applies).length]),
						),
						usable: usable.length,
						expiringBeforeList: usable.filter((row) => moment(row) < LIST_ENDS).length,
					});
				},
			),
			{ numRuns: 500 },
		);
	});

	it('is not counted from a file that says too little', () => {
		expect(() => count('Code,Customer ID\nA,\n')).toThrow(
			'The file has no column "Redemption Count", "Redemption Quantity", "Active", "Expiration Date"',
		);
		expect(() => count('A-1\nA-2\n')).toThrow('The file has no column "Code"');
		expect(() => count('')).toThrow('The file is empty');
	});

	it.each([
		['A,,x,1,true,', 'Row 3 of the file can\'t be read: "Redemption Count" is "x", which is no whole number'],
		['A,,-1,1,true,', '"Redemption Count" is "-1"'],
		['A,,0,1.5,true,', '"Redemption Quantity" is "1.5"'],
		['A,,0,1,yes,', '"Active" is "yes", which is no true or false'],
		['A,,0,1,true,soon', '"Expiration Date" is "soon", which is no date'],
		['A,,0,1,true,2026-13-01', '"Expiration Date" is "2026-13-01", which is no date'],
		[',,0,1,true,', "Row 3 of the file can't be read: it has no code"],
		['A,,0,1', "Row 3 of the file can't be read: The row has 4 cells, and the header 6"],
	])('is not counted from a row like %s', (row, problem) => {
		expect(() => count(rows('B,,0,1,true,', row))).toThrow(problem);
	});

	it('passes over empty lines, and counts a file with nothing but a header', () => {
		expect(count(rows('A,,0,1,true,', '', 'B,,0,1,true,', '')).found).toBe(2);
		expect(count(HEADER).found).toBe(0);
	});
});

describe('a list as it was uploaded', () => {
	it('knows its codes as Format List would have put them there', () => {
		const list = listOf('Code\n A-1 \nA-2\n\n"B, 3"\né-4\nA-1\n');
		expect(list.size).toBe(3);
		const has = (text: string, plain = true) =>
			list.has(Buffer.from(text), 0, Buffer.byteLength(text), plain);
		expect([has('A-1'), has(' A-2 '), has('é-4', false)]).toEqual([true, true, true]);
		expect([has('Code'), has('B, 3', false), has(''), has('a-1'), has('A\0', false)]).toEqual(
			Array(5).fill(false),
		);
	});
});

describe('the report of a stock', () => {
	const COUNTS: StockCounts = {
		found: 1_000,
		notOnList: 5,
		published: 300,
		redeemed: 250,
		redeemedInFull: 250,
		inactive: 10,
		expired: 0,
		usable: 690,
		expiringBeforeList: 20,
	};
	const LIST: ListFacts = { listed: undefined, messagesSent: 0, expiresAt: LIST_ENDS, now: NOW };
	const LOW: LowStock = { codes: 500, percent: 10, days: 7 };
	const report = (
		counts: Partial<StockCounts> = {},
		list: Partial<ListFacts> = {},
		low: Partial<LowStock> = {},
	) => stockReport({ ...COUNTS, ...counts }, { ...LIST, ...list }, { ...LOW, ...low });

	it('says all that is known, in the words of the services', () => {
		expect(report({}, { listed: 1_004 })).toEqual({
			codes: 1_004,
			published: 300,
			redeemed: 250,
			redeemedInFull: 250,
			inactive: 10,
			expired: 0,
			missing: 4,
			notOnList: 5,
			messagesSent: 0,
			left: 690,
			leftShare: 0.6873,
			expiringBeforeList: 20,
			listExpiresAt: '2027-02-01T00:00:00.000Z',
			daysLeft: 62,
			low: false,
			reasons: [],
		});
		expect(report({}, { expiresAt: undefined })).toMatchObject({
			listExpiresAt: null,
			daysLeft: null,
			expiringBeforeList: null,
			low: false,
		});
	});

	it.each([
		['what Voucherify knows of is more than what was sent', 100, 690],
		['more was sent than Voucherify knows of', 400, 600],
		['more was sent than there were codes', 1_200, 0],
	])('takes the lower of two bounds: %s', (_, messagesSent, left) => {
		expect(report({}, { messagesSent })).toMatchObject({ left, messagesSent, low: left === 0 });
	});

	it.each<[string, Partial<StockCounts>, Partial<ListFacts>, Partial<LowStock>, string[]]>([
		['few codes', { usable: 499 }, {}, {}, ['At most 499 codes are left, fewer than 500']],
		['as many codes as the threshold', { usable: 500 }, {}, {}, []],
		['one code', { usable: 1 }, {}, { percent: 0 }, ['At most 1 code is left, fewer than 500']],
		[
			'a small share',
			{ usable: 600 },
			{},
			{ percent: 61 },
			['At most 60.0 % of the codes are left, less than 61 %'],
		],
		[
			'the last days',
			{},
			{ expiresAt: NOW + 6.5 * 86_400_000 },
			{},
			['The list expires in 6 days, fewer than 7'],
		],
		['as many days as the threshold', {}, { expiresAt: NOW + 7 * 86_400_000 }, {}, []],
		['a list that has expired', {}, { expiresAt: NOW - 1 }, {}, ['The list has expired']],
		[
			'an expired list without a threshold',
			{},
			{ expiresAt: NOW - 1 },
			{ days: 0 },
			['The list has expired'],
		],
		['no code left, without thresholds', { usable: 0 }, {}, { codes: 0, percent: 0 }, ['No code is left']],
		['no code at all', { usable: 0, found: 0 }, {}, {}, ['The list has no code']],
		['few codes, without thresholds', { usable: 1 }, {}, { codes: 0, percent: 0, days: 0 }, []],
	])('names each reason why it is low: %s', (_, counts, list, low, reasons) => {
		expect(report(counts, list, low)).toMatchObject({ low: reasons.length > 0, reasons });
	});
});
