// Where programs lie that others have installed.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The folders in which this machine looks for programs, in order. */
export function pathFolders(env: NodeJS.ProcessEnv = process.env): string[] {
	return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** The first program of one of these names, folder by folder; `undefined` where there is none. */
export function findProgram(names: readonly string[], folders: readonly string[]): string | undefined {
	return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
