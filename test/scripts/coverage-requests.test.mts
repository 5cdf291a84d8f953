import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestsIn } from '../../scripts/coverage/requests.mts';

/** The requests that the scan finds in a source: methods and path. */
function found(source: string): ReadonlyArray<readonly [string, string]> {
	const folder = mkdtempSync(join(tmpdir(), 'requests-'));
	try {
		writeFileSync(join(folder, 'source.ts'), source);
		return requestsIn([folder]).map(({ methods, path }) => [methods.join('|'), path]);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe('The scan for requests', () => {
	test.each([
		['a path of one step', `send({ method: 'GET', path: '/catalogs' });`, 'GET', '/catalogs'],
		['a path with values', 'send({ method: `POST`, path: path`/v1/a/${id}/b` });', '', '/v1/a/{}/b'],
		['a path whose function decides on the method', `readPages('/events/list');`, '', '/events/list'],
		[
			'a method that a type leaves open',
			`interface Write { readonly method: 'PUT' | 'PATCH' }
			function write({ method }: Write) { send({ method, path: path\`/a/\${id}\` }); }`,
			'PUT|PATCH',
			'/a/{}',
		],
	])('finds %s', (_what, source, methods, path) => {
		expect(found(source)).toEqual([[methods, path]]);
	});

	test('takes no type, and no text that is no path, for a request', () => {
		expect(found(`type Path = '/users/identify'; const text = 'and/or'; const root = '/';`)).toEqual([]);
	});
});
