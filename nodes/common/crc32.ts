/** The polynomial of CRC-32 as ZIP and gzip use it (ISO 3309), its bits in reverse order. */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
	return value;
});

/**
 * The CRC-32 of bytes, in one go or piece by piece.
 * @param before the CRC-32 of what came before these bytes
 */
export function crc32(bytes: Uint8Array, before = 0): number {
	let value = ~before;
	for (let at = 0; at < bytes.length; at++)
		value = (value >>> 8) ^ (TABLE[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
	return ~value >>> 0;
}
