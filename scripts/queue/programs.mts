// Where this machine has Redis and PostgreSQL, which n8n's queue mode wants.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, pathFolders } from '../program-path.mts';

/** Paths of the programs that queue mode wants. */
export interface QueuePrograms {
	readonly redisServer: string;
	readonly initdb: string;
	readonly postgres: string;
	readonly pgIsReady: string;
}

/** Where Debian and its kin put PostgreSQL's servers, a folder for each major version; they are not in the path. */
const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';

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
	const debian = versionsOf(debianFolder).map((version) => join(debianFolder, version, 'bin'));
	const folders = [...debian, ...pathFolders(env)];
	const find = (name: string) => findProgram([name], folders);
	const redisServer = find('redis-server');
	const [initdb, postgres, pgIsReady] = [find('initdb'), find('postgres'), find('pg_isready')];
	if (redisServer && initdb && postgres && pgIsReady) return { redisServer, initdb, postgres, pgIsReady };
	const missing = [
		...(redisServer ? [] : ['redis-server']),
		...(initdb && postgres && pgIsReady ? [] : ['postgresql']),
	];
	return `n8n's queue mode wants Redis and PostgreSQL, and ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not installed here. On Debian and Ubuntu: apt-get install ${missing.join(' ')}`;
}
