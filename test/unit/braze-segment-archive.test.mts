import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { filesOfSegment, UsersFile, usersOf } from '../../nodes/Braze/segmentArchive';
import { inPieces } from './pieces.mts';
import { zipOf } from './zip-parts.mts';

async function* stream(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
	yield* pieces;
}

async function inOneFile(archive: Buffer, lengths: Iterable<number> = []) {
	const file = new UsersFile();
	const pieces: Buffer[] = [];
	for await (const piece of file.joined(filesOfSegment(stream(inPieces(archive, lengths)))))
		pieces.push(piece);
	const { users, files, size } = file;
	return { text: Buffer.concat(pieces).toString(), users, files, size };
}

async function oneByOne(archive: Buffer, lengths: Iterable<number> = []): Promise<unknown[]> {
	const users: unknown[] = [];
	for await (const user of usersOf(filesOfSegment(stream(inPieces(archive, lengths))))) users.push(user);
	return users;
}

const zipFiles = (...contents: string[]) =>
	zipOf(
		contents.map((content, index) => ({
			name: `0000${index}.txt`,
			content: Buffer.from(content),
			deflated: index % 2 === 0,
			sizes: 'descriptor',
		})),
	);

const user = fc.record({ external_id: fc.string({ unit: 'grapheme' }), score: fc.option(fc.integer()) });
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n');

describe('The users of an archive', () => {
	it('come out as they went in, in one file or one by one, however their files end and are cut into pieces', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.array(user, { maxLength: 4 }), { maxLength: 4 }),
				lineEnd,
				fc.infiniteStream(fc.boolean()),
				fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
				async (files, end, ended, lengths) => {
					const contents = files.map((users) => {
						const text = users.map((one) => JSON.stringify(one)).join(end);
						return text !== '' && ended.next().value === true ? text + end : text;
					});
					const archive = zipFiles(...contents);
					const { text, ...counts } = await inOneFile(archive, lengths);
					const lines = text.split('\n').filter((line) => line.trim() !== '');
					expect(lines.map((line) => JSON.parse(line))).toEqual(files.flat());
					expect(text === '' || text.endsWith('\n')).toBe(true);
					expect(counts).toEqual({
						users: files.flat().length,
						files: files.length,
						size: Buffer.byteLength(text),
					});
					expect(await oneByOne(archive, lengths)).toEqual(files.flat());
				},
			),
			{ numRuns: 300 },
		);
	});

	it.each([
		['a line that is text', '{"external_id":"1"}\nhello\n'],
		['a list', '[{"external_id":"1"}]\n'],
		['an archive within the archive', 'ustar\0'],
	])('are not taken from %s', async (_, content) => {
		const problem = 'The archive from Braze has a line that is no user, in its file "00000.txt"';
		await expect(inOneFile(zipFiles(content))).rejects.toThrow(problem);
		await expect(oneByOne(zipFiles(content))).rejects.toThrow(problem);
		await expect(oneByOne(gzipSync(content))).rejects.toThrow('has a line that is no user');
	});

	it('are not taken from a bomb', async () => {
		const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, '{"a":1}\n'));
		const file = new UsersFile();
		const reading = async (): Promise<void> => {
			for await (const piece of file.joined(filesOfSegment(stream([bomb])))) void piece;
		};
		await expect(reading()).rejects.toThrow('it unpacks to more than 250 times its size');
	});
});
