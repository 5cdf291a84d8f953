// The package as npm would publish it.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run, runNpm } from './child-process.mts';

/** A packed package: where it lies, its packed size in bytes, and the paths in it relative to the package. */
export interface Tarball {
	readonly file: string;
	readonly size: number;
	readonly paths: readonly string[];
}

interface PackedEntry {
	readonly filename: string;
	readonly size: number;
	readonly files: ReadonlyArray<{ readonly path: string }>;
}

/** Packs the project in `projectFolder` into `folder`. */
export async function packProject(projectFolder: string, folder: string): Promise<Tarball> {
	await mkdir(folder, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const { code, stdout, output } = await runNpm(args, { cwd: projectFolder });
	if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
	const answer: PackedEntry[] | Record<string, PackedEntry> = JSON.parse(stdout);
	const [packed] = Object.values(answer);
	if (packed === undefined) throw new Error(`npm pack named no tarball:\n${output}`);
	return {
		file: join(folder, packed.filename),
		size: packed.size,
		paths: packed.files.map(({ path }) => path),
	};
}

/** Unpacks a tarball so that `folder` is the package's folder; what was there before goes. */
export async function unpackTarball(tarball: Tarball, folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const { code, output } = await run('tar', ['-xzf', tarball.file, '-C', folder, '--strip-components=1']);
	if (code !== 0) throw new Error(`The tarball could not be unpacked:\n${output}`);
}
