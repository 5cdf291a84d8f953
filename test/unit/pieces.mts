/** A buffer cut into pieces of the given lengths; what is left over is the last piece. Each is a copy of its own. */
export function inPieces(bytes: Buffer, lengths: Iterable<number>): Buffer[] {
	const pieces: Buffer[] = [];
	let at = 0;
	for (const length of lengths) {
		if (at >= bytes.length) break;
		pieces.push(Buffer.from(bytes.subarray(at, at + length)));
		at += length;
	}
	if (at < bytes.length) pieces.push(Buffer.from(bytes.subarray(at)));
	return pieces;
}
