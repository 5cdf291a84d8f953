import { Zip, ZipDeflate, gzipSync } from 'fflate';

/** Users in one file of an archive. */
export const USERS_PER_FILE = 5_000;

export type ArchiveFormat = 'zip' | 'gzip';

/**
 * The archive of an export in chunks: files of one JSON object per line, 5,000 users each. A zip archive names them
 * `00000.txt` and so on; of gzip each file is a member, and members in a row unpack to the lines of all of them.
 */
export function* archive<User>(
	users: readonly User[],
	toJson: (user: User) => unknown,
	format: ArchiveFormat,
): Generator<Uint8Array> {
	if (format === 'gzip') {
		for (const file of filesOf(users, toJson)) yield gzipSync(file);
		return;
	}
	const ready: Uint8Array[] = [];
	const zip = new Zip((error, chunk) => {
		if (error !== null) throw error;
		ready.push(chunk);
	});
	let number = 0;
	for (const file of filesOf(users, toJson)) {
		const entry = new ZipDeflate(`${String(number++).padStart(5, '0')}.txt`, { level: 6 });
		zip.add(entry);
		entry.push(file, true);
		yield* ready.splice(0);
	}
	zip.end();
	yield* ready;
}

/** At least one file: an export without users holds an empty one. */
function* filesOf<User>(users: readonly User[], toJson: (user: User) => unknown): Generator<Uint8Array> {
	for (let start = 0; start === 0 || start < users.length; start += USERS_PER_FILE) {
		const lines = users
			.slice(start, start + USERS_PER_FILE)
			.map((user) => `${JSON.stringify(toJson(user))}\n`);
		yield Buffer.from(lines.join(''));
	}
}
