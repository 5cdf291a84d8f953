import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../../scripts/start/cached-installation.mts';

let cache: string;
let folder: string;
beforeEach(async () => {
	cache = await mkdtemp(join(tmpdir(), 'cached-installation-'));
	folder = join(cache, 'thing-1.0');
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const ignore = () => undefined;
const fillWith = (text: string) => (partial: string) => writeFile(join(partial, 'content'), text);
const content = () => readFile(join(folder, 'content'), 'utf8');

describe('an installation in the cache', () => {
	it('is made once and used from then on', async () => {
		await ensureInstalled(folder, fillWith('first'), ignore);
		await ensureInstalled(folder, fillWith('second'), ignore);
		expect(await content()).toBe('first');
	});

	it('that failed in the middle leaves nothing, and the next attempt makes it', async () => {
		const failing = async (partial: string) => {
			await writeFile(join(partial, 'half'), '');
			throw new Error('no network');
		};
		await expect(ensureInstalled(folder, failing, ignore)).rejects.toThrow('no network');
		expect(await readdir(cache)).toEqual([]);
		await ensureInstalled(folder, fillWith('whole'), ignore);
		expect(await content()).toBe('whole');
	});

	it('that was killed in the middle is not believed', async () => {
		const noProcess = 2 ** 30;
		await mkdir(`${folder}.partial-${noProcess}`);
		await writeFile(join(`${folder}.partial-${noProcess}`, 'half'), '');
		await mkdir(folder);
		await writeFile(join(folder, 'content'), 'from a version that knew no better');
		await ensureInstalled(folder, fillWith('whole'), ignore);
		expect(await content()).toBe('whole');
		expect(await readdir(cache)).toEqual(['thing-1.0']);
	});

	it('is made once when two want it at the same time, and the second says that it waits', async () => {
		let fills = 0;
		let mayEnd = () => undefined as void;
		const waited = new Promise<void>((done) => (mayEnd = done));
		const fill = async (partial: string) => {
			fills++;
			await waited;
			await fillWith('once')(partial);
		};
		await Promise.all([ensureInstalled(folder, fill, mayEnd), ensureInstalled(folder, fill, mayEnd)]);
		expect(fills).toBe(1);
		expect(await content()).toBe('once');
	});

	it('is not waited for once the wish is withdrawn', async () => {
		const controller = new AbortController();
		let begun: () => void = ignore;
		const first = new Promise<void>((done) => (begun = done));
		const endless = ensureInstalled(
			folder,
			() => {
				begun();
				return new Promise((_, fail) =>
					controller.signal.addEventListener('abort', () => fail(new Error('ended'))),
				);
			},
			ignore,
		);
		const endlessEnd = expect(endless).rejects.toThrow('ended');
		await first;
		const waiting = ensureInstalled(folder, fillWith('never'), () => controller.abort(), controller.signal);
		await expect(waiting).rejects.toThrow(/abort/);
		await endlessEnd;
	});
});
