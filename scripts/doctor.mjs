// npm run doctor
import { parseArgs } from 'node:util';
import { runCommand } from './dependencies.mjs';

const HELP = `npm run doctor -- [options]

Asks your Voucherify and your Braze, with harmless requests, whether they behave as the nodes expect, and says which options to set.
Set VOUCHERIFY_APP_ID, VOUCHERIFY_SECRET_KEY, BRAZE_API_KEY and BRAZE_API_URL (optional: VOUCHERIFY_API_URL).

  --with-publication CAMPAIGN  also try what a repeated publication does. It takes one code of this campaign (name or ID) for good, for a
                               customer that is deleted afterwards; distributions of the campaign see that publication. Use a test campaign.
  --sandbox                    examine the stand-ins of both services on this machine instead
  --help                       this text

Nothing is sent to customers and nothing of yours is changed or deleted. An empty export is made in Voucherify and removed again.
The exit code is 0 if nothing contradicts what the nodes assume.`;

/** @returns {{ campaign: string | undefined, sandbox: boolean } | undefined} */
function readOptions() {
	const { values } = parseArgs({
		options: {
			'with-publication': { type: 'string' },
			sandbox: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) console.log(HELP);
	if (values['with-publication']?.trim() === '') {
		throw new Error('--with-publication takes the name or ID of a campaign.');
	}
	return values.help ? undefined : { campaign: values['with-publication'], sandbox: values.sandbox };
}

await runCommand(readOptions, async (options) => {
	const { tsImport } = await import('tsx/esm/api');
	const { main } = await tsImport('./doctor/main.mts', import.meta.url);
	return main(process.cwd(), options);
});
