/** A range of addresses: those whose first `bits` bits are those of `network`. IPv4 lies in IPv6 as `::ffff:0:0/96`. */
interface AddressRange {
	readonly network: bigint;
	readonly bits: number;
}

/** Ranges, or the first entry that is none. */
export type Ranges = { readonly ranges: readonly AddressRange[] } | { readonly unreadable: string };

const LENGTH = 128;
/** Where the 32 bits of an IPv4 address begin. */
const IPV4_AT = 96;
const IPV4_PREFIX = 0xffffn << 32n;

/** Reads addresses and CIDR ranges: `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`. */
export function readRanges(entries: readonly string[]): Ranges {
	const ranges: AddressRange[] = [];
	for (const entry of entries) {
		const range = readRange(entry);
		if (range === undefined) return { unreadable: entry };
		ranges.push(range);
	}
	return { ranges };
}

/**
 * Whether an address lies in one of the ranges. An IPv4 address is the same whether a socket gives it as `203.0.113.7` or, mapped into
 * IPv6, as `::ffff:203.0.113.7`. What is no address lies nowhere.
 */
export function isWithin(ranges: readonly AddressRange[], address: string): boolean {
	// A zone (`fe80::1%eth0`) says by which network card it came.
	const value = readAddress(address.replace(/%.*$/, ''));
	return value !== undefined && ranges.some((range) => firstBits(value, range.bits) === range.network);
}

function readRange(entry: string): AddressRange | undefined {
	const [, text = '', prefix] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
	const address = readAddress(text);
	if (address === undefined) return undefined;
	const offset = text.includes(':') ? 0 : IPV4_AT;
	const bits = prefix === undefined ? LENGTH : offset + Number(prefix);
	return bits > LENGTH ? undefined : { network: firstBits(address, bits), bits };
}

function firstBits(address: bigint, bits: number): bigint {
	const rest = BigInt(LENGTH - bits);
	return (address >> rest) << rest;
}

function readAddress(text: string): bigint | undefined {
	if (text.includes(':')) return readIpv6(text);
	const value = readIpv4(text);
	return value === undefined ? undefined : IPV4_PREFIX | value;
}

/** Leading zeros are refused: some programs take such numbers for octal ones. */
function readIpv4(text: string): bigint | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
		return undefined;
	return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readIpv6(text: string): bigint | undefined {
	const halves = hexGroupsOnly(text)?.split('::').map(readGroups);
	const [start, end] = halves ?? [];
	if (halves === undefined || start === undefined || halves.length > 2) return undefined;
	const shortened = halves.length === 2;
	if (shortened && end === undefined) return undefined;
	const missing = 8 - start.length - (end?.length ?? 0);
	if (shortened ? missing < 1 : missing !== 0) return undefined;
	const zeros = Array.from({ length: missing }, () => 0n);
	return [...start, ...zeros, ...(end ?? [])].reduce((value, group) => (value << 16n) | group, 0n);
}

/** The last two groups may be written as an IPv4 address. */
function hexGroupsOnly(text: string): string | undefined {
	if (!text.includes('.')) return text;
	const end = text.lastIndexOf(':') + 1;
	const value = readIpv4(text.slice(end));
	if (value === undefined) return undefined;
	return `${text.slice(0, end)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** The groups of 16 bits of one side of `::`. */
function readGroups(text: string): readonly bigint[] | undefined {
	if (text === '') return [];
	const groups = text.split(':');
	if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
	return groups.map((group) => BigInt(`0x${group}`));
}
