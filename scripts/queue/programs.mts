// Where this machine has Redis and PostgreSQL, which n8n's queue mode wants.
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Paths of the programs that queue mode wants. */
export interface QueuePrograms {
	readonly redisServer: string;
	readonly initdb: string;
	readonly postgres: string;
	readonly pgIsReady: string;
}

/** Where Debian and its kin put PostgreSQL's servers, a folder for each major version; they are not in the path. */
const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function versionsOf(folder: string): string[] {
	try {
		return readdirSync(folder).sort((a, b) => Number(b) - Number(a));
	} catch {
		return [];
	}
}

/**
 * The programs of this machine, of PostgreSQL the newest.
 * @returns a sentence on what to install where one is missing
 */
export function findPrograms(
	env: NodeJS.ProcessEnv = process.env,
	debianFolder = DEBIAN_POSTGRESQL,
): QueuePrograms | string {
	const inPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
	const debian = versionsOf(debianFolder).map((version) => join(debianFolder, version, 'bin'));
	const find = (name: string) =>
		[...debian, ...inPath].map((folder) => join(folder, name)).find(isExecutable);
	const redisServer = find('redis-server');
	const [initdb, postgres, pgIsReady] = [find('initdb'), find('postgres'), find('pg_isready')];
	if (redisServer && initdb && postgres && pgIsReady) return { redisServer, initdb, postgres, pgIsReady };
	const missing = [
		...(redisServer ? [] : ['redis-server']),
		...(initdb && postgres && pgIsReady ? [] : ['postgresql']),
	];
	return `n8n's queue mode wants Redis and PostgreSQL, and ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed here. On Debian and Ubuntu: apt-get install ${missing.join(' ')}`;
}
