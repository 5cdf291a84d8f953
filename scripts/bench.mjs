// npm run bench
import { parseArgs } from 'node:util';
import { runCommand } from './dependencies.mjs';

const HELP = `npm run bench -- [options]

Measures the nodes in a real n8n against the sandbox, beside what one would do without them, and prints tables.

  --case NAME  only this one (may be given several times): track, publish, distribution, rate-limit, codes, webhooks, load
  --quick      small sizes, about three minutes
  --full       also what takes long or is known to fail: 100,000 items by HTTP Request, 20,000,000 codes
  --readme     write the tables into README.md
  --help       this text`;

function readOptions() {
	const { values } = parseArgs({
		options: {
			case: { type: 'string', multiple: true, default: [] },
			quick: { type: 'boolean', default: false },
			full: { type: 'boolean', default: false },
			readme: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) console.log(HELP);
	if (values.quick && values.full) throw new Error('Choose --quick or --full.');
	const extent = values.quick ? 'quick' : values.full ? 'full' : 'usual';
	return values.help ? undefined : { cases: values.case, extent, readme: values.readme };
}

await runCommand(readOptions, async (options) => {
	const { tsImport } = await import('tsx/esm/api');
	const { runBench } = await tsImport('../benchmark/bench.mts', import.meta.url);
	return runBench(process.cwd(), options);
});
