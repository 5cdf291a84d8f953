// npm start
import { parseArgs } from 'node:util';
import { runCommand } from './dependencies.mjs';

const HELP = `npm start -- [options]

Starts n8n with this package, and stand-ins of Voucherify and Braze on this machine, and runs the first example workflow.

  --once     end after the run; exit code 0 only if every code arrived on its profile
  --fresh    forget what earlier starts left in n8n
  --port N   port of n8n (5678)
  --help     this text

To connect n8n to the real services instead, set VOUCHERIFY_APP_ID, VOUCHERIFY_SECRET_KEY, BRAZE_API_KEY and BRAZE_API_URL
(optional: VOUCHERIFY_API_URL, VOUCHERIFY_WEBHOOK_SECRET, BRAZE_WEBHOOK_SECRET). Nothing is run by itself then.`;

/** @returns {{ once: boolean, fresh: boolean, port: number | undefined, help: boolean }} */
function readOptions() {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			port: { type: 'string' },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	const port = values.port === undefined ? undefined : Number(values.port);
	if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) {
		throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
	}
	return { once: values.once, fresh: values.fresh, port, help: values.help };
}

await runCommand(
	() => {
		const options = readOptions();
		if (options.help) console.log(HELP);
		return options.help ? undefined : options;
	},
	async (options) => {
		const { tsImport } = await import('tsx/esm/api');
		const { runDemo } = await tsImport('./start/demo.mts', import.meta.url);
		return runDemo(process.cwd(), options);
	},
);
