import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../nodes/common/crc32';

/** A file of an archive that is put together by hand, in forms that archivers in use don't offer. */
export interface Part {
	readonly name: string;
	readonly content: Buffer;
	readonly deflated?: boolean;
	/** Where the sizes stand; in the header unless given. */
	readonly sizes?: 'header' | 'zip64 header' | 'descriptor' | 'zip64 descriptor' | 'plain descriptor';
	readonly flags?: number;
	readonly method?: number;
	/** What the archive says of the content, if that is not true. */
	readonly says?: { readonly crc?: number; readonly size?: number };
}

/** Makes a ZIP archive of parts (APPNOTE.TXT of PKWARE). */
export function zipOf(
	parts: readonly Part[],
	{ zip64End = false, comment = '', lists = parts.length, omits = 0 } = {},
): Buffer {
	const local: Buffer[] = [];
	const central: Buffer[] = [];
	for (const part of parts) {
		const { name, content, deflated = false, sizes = 'header', flags = 0, says = {} } = part;
		const packed = deflated ? deflateRawSync(content) : content;
		const crc = says.crc ?? crc32(content);
		const size = says.size ?? content.length;
		const later = sizes.endsWith('descriptor');
		const inExtra = sizes === 'zip64 header';
		const header = Buffer.alloc(30);
		header.writeUInt32LE(0x04034b50);
		header.writeUInt16LE(flags | (later ? 8 : 0), 6);
		header.writeUInt16LE(part.method ?? (deflated ? 8 : 0), 8);
		if (!later) header.writeUInt32LE(crc, 14);
		if (!later) header.writeUInt32LE(inExtra ? 0xffffffff : packed.length, 18);
		if (!later) header.writeUInt32LE(inExtra ? 0xffffffff : size, 22);
		const label = Buffer.from(name);
		// An extra field that means nothing here comes first.
		const extra = inExtra
			? Buffer.concat([
					numbers(2, 0x7075, 1),
					Buffer.from('x'),
					numbers(2, 1, 16),
					numbers(8, size, packed.length),
				])
			: Buffer.alloc(0);
		header.writeUInt16LE(label.length, 26);
		header.writeUInt16LE(extra.length, 28);
		local.push(header, label, extra, packed);
		if (sizes === 'descriptor') local.push(numbers(4, 0x08074b50, crc, packed.length, size));
		if (sizes === 'plain descriptor') local.push(numbers(4, crc, packed.length, size));
		if (sizes === 'zip64 descriptor')
			local.push(numbers(4, 0x08074b50, crc), numbers(8, packed.length, size));
		const listed = Buffer.alloc(46);
		listed.writeUInt32LE(0x02014b50);
		listed.writeUInt32LE(crc, 16);
		listed.writeUInt16LE(label.length, 28);
		central.push(listed, label);
	}
	const directory = Buffer.concat(central.slice(0, 2 * (parts.length - omits)));
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(zip64End ? 0xffff : lists, 10);
	end.writeUInt16LE(comment.length, 20);
	const long = zip64End
		? [
				numbers(4, 0x06064b50),
				numbers(8, 44),
				numbers(4, 0, 0, 0),
				numbers(8, lists, lists, directory.length, 0),
				numbers(4, 0x07064b50, 0, 0, 0, 1),
			]
		: [];
	return Buffer.concat([...local, directory, ...long, end, Buffer.from(comment)]);
}

/** Numbers of two, four or eight bytes in a row. */
function numbers(width: 2 | 4 | 8, ...values: number[]): Buffer {
	const bytes = Buffer.alloc(width * values.length);
	values.forEach((value, index) => {
		if (width === 8) bytes.writeBigUInt64LE(BigInt(value), index * 8);
		else bytes.writeUIntLE(value, index * width, width);
	});
	return bytes;
}
