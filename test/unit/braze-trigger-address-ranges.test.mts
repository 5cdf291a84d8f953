import { BlockList, isIP, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { isWithin, readRanges } from '../../nodes/BrazeTrigger/addressRanges';

const within = (entries: readonly string[], address: string): boolean => {
	const read = readRanges(entries);
	if ('unreadable' in read) throw new Error(`${read.unreadable} is no range`);
	return isWithin(read.ranges, address);
};

describe('ranges of addresses', () => {
	it.each<[string, string, boolean]>([
		['203.0.113.7', '203.0.113.7', true],
		['203.0.113.7', '203.0.113.70', false],
		['203.0.113.0/24', '203.0.113.255', true],
		['203.0.113.0/24', '203.0.114.0', false],
		['203.0.113.99/24', '203.0.113.1', true],
		['203.0.113.7', '::ffff:203.0.113.7', true],
		['203.0.113.7', '::ffff:cb00:7107', true],
		['::ffff:203.0.113.0/120', '203.0.113.9', true],
		['0.0.0.0/0', '8.8.8.8', true],
		['0.0.0.0/0', '2001:db8::1', false],
		['2001:db8::/32', '2001:db8:ffff::1', true],
		['2001:db8::/32', '2001:db9::', false],
		['2001:DB8::1', '2001:0db8:0:0:0:0:0:1', true],
		['fe80::1', 'fe80::1%eth0', true],
		['::1/128', '::1', true],
		['203.0.113.0/24', '', false],
		['203.0.113.0/24', 'unknown', false],
		['203.0.113.0/24', '203.0.113.7, 10.0.0.1', false],
	])('%s holds %s: %s', (range, address, expected) => {
		expect(within([range], address)).toBe(expected);
	});

	it.each([
		'203.0.113',
		'203.0.113.256',
		'203.0.113.007',
		'203.0.113.0/33',
		'203.0.113.0/',
		'203.0.113.0/-1',
		'2001:db8::/129',
		'2001:db8:::1',
		'1::2::3',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7',
		'1:2:3:4::5:6:7:8',
		'::203.0.113.7:1',
		'12345::',
		'*',
		'localhost',
	])('%s is none, and the list says so', (entry) => {
		expect(readRanges(['10.0.0.1', entry])).toEqual({ unreadable: entry });
	});

	it('reads every address that Node.js takes for one, and no other', () => {
		const nearly = fc.array(fc.constantFrom('0', '1', 'ff', '255', '1.2.3.4', ':', '::', '.'), {
			maxLength: 12,
		});
		const text = fc.oneof(
			fc.ipV4(),
			fc.ipV6(),
			nearly.map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(text, (address) => {
				expect('ranges' in readRanges([address])).toBe(isIP(address) !== 0);
			}),
			{ numRuns: 2_000 },
		);
	});

	it("agrees with Node's own list on which addresses a range holds", () => {
		const ipv4 = fc.record({ network: fc.ipV4(), bits: fc.integer({ min: 0, max: 32 }) });
		const ipv6 = fc.record({ network: fc.ipV6(), bits: fc.integer({ min: 1, max: 128 }) });
		const near = ({ network, bits }: { network: string; bits: number }) =>
			fc.tuple(fc.constant({ network, bits }), isIPv6(network) ? fc.ipV6() : fc.ipV4(), fc.boolean());
		fc.assert(
			fc.property(fc.oneof(ipv4.chain(near), ipv6.chain(near)), ([{ network, bits }, other, itself]) => {
				const address = itself ? network : other;
				const type = isIPv6(network) ? 'ipv6' : 'ipv4';
				const list = new BlockList();
				list.addSubnet(network, bits, type);
				expect(within([`${network}/${bits}`], address)).toBe(list.check(address, type));
			}),
			{ numRuns: 2_000 },
		);
	});
});
