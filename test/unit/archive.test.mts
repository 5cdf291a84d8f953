import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync, Zip, ZipDeflate, ZipPassThrough, zipSync, type Zippable } from 'fflate';
import { unpacked, type Growth } from '../../nodes/common/archive';
import { crc32 } from '../../nodes/common/crc32';
import { inPieces } from './pieces.mts';
import { zipOf, type Part } from './zip-parts.mts';

type Files = ReadonlyArray<readonly [name: string, content: string]>;

const ANY: Growth = { times: 1_100, free: 0 };

async function* stream(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
	yield* pieces;
}

/** What an archive unpacks to, read in the given pieces. */
async function unpack(archive: Uint8Array, lengths: Iterable<number> = [], growth = ANY): Promise<Files> {
	const files: Array<[string, string]> = [];
	for await (const { name, content } of unpacked(stream(inPieces(Buffer.from(archive), lengths)), growth)) {
		const pieces: Buffer[] = [];
		for await (const piece of content) pieces.push(piece);
		files.push([name, Buffer.concat(pieces).toString('latin1')]);
	}
	return files;
}

/** Why an archive is not unpacked. */
async function refusal(archive: Uint8Array, lengths: Iterable<number> = [], growth = ANY): Promise<string> {
	return await unpack(archive, lengths, growth).then(
		() => 'none',
		(error: Error) => error.message,
	);
}

/** An archive as writers make it that don't know the sizes beforehand. */
function streamed(files: Files, level: (index: number) => number): Buffer {
	const chunks: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error !== null) throw error;
		chunks.push(chunk);
	});
	files.forEach(([name, content], index) => {
		const entry =
			level(index) === 0
				? new ZipPassThrough(name)
				: new ZipDeflate(name, { level: level(index) === 1 ? 1 : 6 });
		zip.add(entry);
		entry.push(Buffer.from(content, 'latin1'), true);
	});
	zip.end();
	return Buffer.concat(chunks);
}

/** A gzip file of one member with all that its header may hold: a field of its own, a name, a comment and a checksum. */
function withNames(gzip: Buffer): Buffer {
	const header = Buffer.from(gzip.subarray(0, 10));
	header[3] = 0x1e;
	const extra = Buffer.from([3, 0, 0x1f, 0x8b, 8]);
	return Buffer.concat([header, extra, Buffer.from('users.txt\0all of them\0\x01\x02'), gzip.subarray(10)]);
}

const whole = (files: Files, level: 0 | 6): Buffer =>
	Buffer.from(
		zipSync(
			Object.fromEntries(files.map(([name, content]) => [name, Buffer.from(content, 'latin1')])) as Zippable,
			{ level },
		),
	);

// What an archive is made of is what its reader could take for the end of an entry.
const signatures = [
	'PK\x01\x02',
	'PK\x03\x04',
	'PK\x05\x06',
	'PK\x07\x08',
	'PK',
	'P',
	'\x00',
	'\x04\x00\x00\x00',
];
const content = fc.oneof(
	fc
		.array(fc.oneof(fc.constantFrom(...signatures), fc.string({ unit: 'binary-ascii' })), { maxLength: 30 })
		.map((parts) => parts.join('')),
	fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
	fc
		.record({ line: fc.string({ unit: 'binary-ascii', minLength: 1 }), times: fc.nat({ max: 3_000 }) })
		.map(({ line, times }) => line.repeat(times)),
);
const names = fc.stringMatching(/^[a-z][a-z0-9./]{0,11}[a-z0-9]$/);
const files: fc.Arbitrary<Files> = fc.uniqueArray(fc.tuple(names, content), {
	selector: ([name]) => name,
	maxLength: 5,
});
const cuts = fc.oneof(
	fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
	fc.infiniteStream(fc.integer({ min: 1, max: 4_000 })),
);

/** Archives of fflate, with the sizes before the content or after it. */
const archives = fc
	.tuple(files, fc.constantFrom('whole', 'streamed'), fc.infiniteStream(fc.constantFrom(0, 1, 6)))
	.map(([made, how, levels]) => {
		const level = [...levels.take(5)];
		return how === 'whole'
			? whole(made, level[0] === 0 ? 0 : 6)
			: streamed(made, (index) => level[index] ?? 6);
	});

const line = (index: number): string =>
	`{"external_id":"customer-${index}","custom_attributes":{"color":"${index % 7}"}}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => line(index)).join('');

describe('an archive', () => {
	it('unpacks to what fflate unpacks it to, wherever it is cut into pieces', async () => {
		await fc.assert(
			fc.asyncProperty(archives, cuts, async (archive, lengths) => {
				const expected = Object.entries(unzipSync(archive)).map(([name, bytes]) => [
					name,
					Buffer.from(bytes).toString('latin1'),
				]);
				expect(await unpack(archive, lengths)).toEqual(expected);
			}),
			{ numRuns: 500 },
		);
	});

	it('is refused when anything is missing at its end, wherever it is cut off', async () => {
		await fc.assert(
			fc.asyncProperty(
				archives,
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				cuts,
				async (archive, part, lengths) => {
					const cut = archive.subarray(0, Math.floor(archive.length * part));
					expect(await refusal(cut, lengths)).toMatch(/^The archive can't be unpacked: /);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('never unpacks to anything else when a byte of it is changed', async () => {
		const archive = streamed(
			[
				['00000.txt', lines(40)],
				['00001.txt', lines(3)],
			],
			(index) => (index === 0 ? 6 : 0),
		);
		const right = await unpack(archive);
		const contents = right.map(([, content]) => content);
		for (let at = 0; at < archive.length; at++) {
			const changed = Buffer.from(archive);
			changed[at] = (changed[at] ?? 0) ^ 0x41;
			const got = await unpack(changed).catch(() => undefined);
			// Names, dates and versions may change: they are only labels.
			if (got !== undefined) expect(got.map(([, content]) => content)).toEqual(contents);
		}
	});

	it.each(['header', 'zip64 header', 'descriptor', 'zip64 descriptor', 'plain descriptor'] as const)(
		'may tell its sizes in a %s',
		async (sizes) => {
			const parts: Part[] = [
				{ name: 'a', content: Buffer.from(lines(50)), deflated: true, sizes },
				{ name: 'b', content: Buffer.from('PK\x03\x04 as it is'), sizes },
				{ name: 'c', content: Buffer.alloc(0), sizes },
			];
			for (const zip64End of [false, true]) {
				for (const lengths of [[], Array.from({ length: 5_000 }, () => 1)]) {
					const got = await unpack(zipOf(parts, { zip64End, comment: 'made by hand' }), lengths);
					expect(got).toEqual(parts.map(({ name, content }) => [name, content.toString('latin1')]));
				}
			}
		},
	);

	it('may hold folders, which are left out, and another archive, which is a file like any other', async () => {
		const inner = zipOf([{ name: 'x', content: Buffer.from('in the inner one'), sizes: 'descriptor' }]);
		const archive = zipOf([
			{ name: 'segment/', content: Buffer.alloc(0) },
			{ name: 'segment/inner.zip', content: inner, sizes: 'descriptor' },
			{ name: 'segment/more/', content: Buffer.alloc(0), deflated: true, sizes: 'descriptor' },
			{ name: '../../b.txt', content: Buffer.from('B') },
		]);
		expect(await unpack(archive)).toEqual([
			['segment/inner.zip', inner.toString('latin1')],
			['../../b.txt', 'B'],
		]);
	});

	it('may be a gzip file of members in a row, and unpacks to what they hold, wherever it is cut into pieces', async () => {
		const member = fc.record({ text: content, level: fc.constantFrom(0, 1, 6, 9), named: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: 5 }), cuts, async (members, lengths) => {
				const archive = Buffer.concat(
					members.map(({ text, level, named }) => {
						const bytes = gzipSync(Buffer.from(text, 'latin1'), { level });
						return named ? withNames(bytes) : bytes;
					}),
				);
				expect(await unpack(archive, lengths)).toEqual([['', members.map(({ text }) => text).join('')]]);
			}),
			{ numRuns: 300 },
		);
	});

	it('of gzip never unpacks to anything else when a byte of it is changed, and is refused when its end is missing', async () => {
		const archive = Buffer.concat([gzipSync(lines(40)), withNames(gzipSync('last\n'))]);
		for (let at = 0; at < archive.length; at++) {
			const changed = Buffer.from(archive);
			changed[at] = (changed[at] ?? 0) ^ 0x41;
			const got = await unpack(changed).catch(() => undefined);
			if (got !== undefined) expect(got).toEqual([['', `${lines(40)}last\n`]]);
			// A whole member is a whole file; what it was a part of, nobody can tell.
			if (at !== gzipSync(lines(40)).length)
				expect(await refusal(archive.subarray(0, at))).toMatch(/^The archive can't be unpacked: /);
		}
	});

	it('may be a gzip file of one or more members, and may be empty', async () => {
		const members = Buffer.concat([gzipSync('first\n'), gzipSync(lines(3_000)), gzipSync('last\n')]);
		for (const lengths of [[], [1, 2, 3, 18, 20, 26], Array.from({ length: 500 }, () => 40)])
			expect(await unpack(members, lengths)).toEqual([['', `first\n${lines(3_000)}last\n`]]);
		expect(await unpack(zipOf([]))).toEqual([]);
	});

	it.each([
		[
			'an encrypted file',
			zipOf([{ name: 'a', content: Buffer.from('A'), flags: 1 }]),
			'its file "a" is encrypted',
		],
		[
			'a strongly encrypted file',
			zipOf([{ name: 'a', content: Buffer.from('A'), flags: 0x40 }]),
			'its file "a" is encrypted',
		],
		[
			'LZMA',
			zipOf([{ name: 'a', content: Buffer.from('A'), method: 14 }]),
			'its file "a" is compressed with LZMA',
		],
		[
			'an unknown method',
			zipOf([{ name: 'a', content: Buffer.from('A'), method: 77 }]),
			'its file "a" is compressed with the method 77',
		],
		[
			'a wrong checksum',
			zipOf([{ name: 'a', content: Buffer.from('A'), says: { crc: 1 } }]),
			'its file "a" does not have the size and the checksum',
		],
		[
			'a wrong size',
			zipOf([{ name: 'a', content: Buffer.from('A'), deflated: true, says: { size: 2 } }]),
			'its file "a" does not have the size and the checksum',
		],
		[
			'a file that its directory lacks',
			zipOf(
				[
					{ name: 'a', content: Buffer.from('A') },
					{ name: 'b', content: Buffer.from('B') },
				],
				{ omits: 1 },
			),
			'it holds 2 files, and its directory lists others',
		],
		[
			'a directory that counts wrong',
			zipOf([{ name: 'a', content: Buffer.from('A') }], { lists: 2 }),
			'it holds 1 files, and its directory lists others',
		],
		['something after its end', Buffer.concat([zipOf([]), Buffer.from('!')]), 'something follows its end'],
		[
			'no compressed data',
			zipOf([{ name: 'a', content: Buffer.from('no deflate data'), method: 8 }]),
			'its compressed data',
		],
		['no archive', Buffer.from('{"external_id":"1"}\n'), 'it is neither a ZIP archive nor a gzip file'],
		['nothing', Buffer.alloc(0), 'it is empty'],
		[
			'a gzip file that is cut off',
			gzipSync(lines(3_000)).subarray(0, 500),
			'its compressed data is damaged or cut off',
		],
	])('is refused for %s', async (_, archive, problem) => {
		expect(await refusal(archive)).toContain(`The archive can't be unpacked: ${problem}`);
		expect(
			await refusal(
				archive,
				Array.from({ length: archive.length }, () => 1),
			),
		).toContain(problem);
	});

	it.each([
		['a ZIP archive', streamed([['bomb.txt', '0'.repeat(20_000_000)]], () => 6)],
		['a gzip file', gzipSync(Buffer.alloc(20_000_000))],
	])('that unpacks to more than it may is given up early: %s', async (_, bomb) => {
		let got = 0;
		const reading = async (): Promise<void> => {
			for await (const { content } of unpacked(stream(inPieces(bomb, [1_000])), {
				times: 250,
				free: 1_000_000,
			}))
				for await (const piece of content) got += piece.length;
		};
		await expect(reading()).rejects.toThrow(
			"The archive can't be unpacked: it unpacks to more than 250 times its size",
		);
		expect(got).toBeLessThan(7_000_000);
		expect(await unpack(bomb, [], { times: 250, free: 20_000_000 })).toHaveLength(1);
	});

	it('passes on what goes wrong with its source, and ends the source when nobody wants the rest', async () => {
		const archive = streamed([['a', lines(2_000)]], () => 6);
		async function* breaking(): AsyncGenerator<Buffer> {
			yield archive.subarray(0, 300);
			throw new Error('the connection broke');
		}
		const reading = async (): Promise<void> => {
			for await (const { content } of unpacked(breaking(), ANY))
				for await (const piece of content) void piece;
		};
		await expect(reading()).rejects.toThrow('the connection broke');

		let ended = false;
		async function* watched(): AsyncGenerator<Buffer> {
			try {
				for (let at = 0; at < archive.length; at += 50) yield archive.subarray(at, at + 50);
			} finally {
				ended = true;
			}
		}
		for await (const { content } of unpacked(watched(), ANY)) {
			for await (const piece of content) if (piece.length > 0) break;
			break;
		}
		expect(ended).toBe(true);
	});
});

test('the CRC-32 of the check value of the standard is right, in one go and in pieces', () => {
	const text = Buffer.from('123456789');
	expect(crc32(text)).toBe(0xcbf43926);
	expect(crc32(text.subarray(4), crc32(text.subarray(0, 4)))).toBe(0xcbf43926);
});
