// npm run test:matrix
import { parseArgs } from 'node:util';
import { runCommand } from './dependencies.mjs';

const HELP = `npm run test:matrix -- [options]

Installs the packed package in several versions of n8n, each on its own Node.js, runs every workflow in them against the sandbox, and
prints a table. The first run downloads about 3 GB for each version into the cache.

  --only LINE  only this version (may be given several times), for instance 2.8
  --readme     write the table into README.md, if everything works in all versions
  --help       this text`;

function readOptions() {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', multiple: true, default: [] },
			readme: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) console.log(HELP);
	if (values.readme && values.only.length > 0)
		throw new Error('--readme wants all versions: leave --only out.');
	return values.help ? undefined : { only: values.only, readme: values.readme };
}

await runCommand(readOptions, async (options) => {
	const { tsImport } = await import('tsx/esm/api');
	const { main } = await tsImport('../test/matrix/main.mts', import.meta.url);
	return main(process.cwd(), options);
});
