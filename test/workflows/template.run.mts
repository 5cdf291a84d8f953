// Runs a template once in a process of its own, so that a test can kill it. It goes through jest because n8n-workflow only loads as
// CommonJS; its name keeps it out of the tests that jest finds by itself.
import { readTemplate, runTemplate, type Services } from './template.mts';

test('the template runs', async () => {
	const { TEMPLATE = '', SERVICES = '{}' } = process.env;
	const run = await runTemplate(readTemplate(TEMPLATE), JSON.parse(SERVICES) as Services);
	expect(run.data.resultData.error).toBeUndefined();
}, 60_000);
