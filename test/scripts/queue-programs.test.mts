import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findPrograms } from '../../scripts/queue/programs.mts';

describe('the programs of queue mode', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'programs-'));
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	async function install(...paths: string[]): Promise<void> {
		for (const path of paths) {
			const file = join(folder, path);
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, '');
			await chmod(file, 0o755);
		}
	}
	const find = () => findPrograms({ PATH: join(folder, 'bin') }, join(folder, 'postgresql'));
	const servers = (version: string) =>
		['initdb', 'postgres', 'pg_isready'].map((name) => `postgresql/${version}/bin/${name}`);

	it('are the newest PostgreSQL of Debian, and Redis from the path', async () => {
		await install('bin/redis-server', ...servers('9'), ...servers('15'));
		expect(find()).toEqual({
			redisServer: join(folder, 'bin/redis-server'),
			initdb: join(folder, 'postgresql/15/bin/initdb'),
			postgres: join(folder, 'postgresql/15/bin/postgres'),
			pgIsReady: join(folder, 'postgresql/15/bin/pg_isready'),
		});
	});

	it('are named with how to install them where they are missing', async () => {
		expect(find()).toMatch(/apt-get install redis-server postgresql$/);
		await install('bin/redis-server');
		expect(find()).toMatch(/postgresql is not installed here.*apt-get install postgresql$/);
	});
});
