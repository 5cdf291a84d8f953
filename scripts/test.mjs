// npm test
import { runCommand } from './dependencies.mjs';

await runCommand(async () => {
	const { tsImport } = await import('tsx/esm/api');
	const { test } = await tsImport('./checks/test.mts', import.meta.url);
	return test(process.cwd(), process.argv.slice(2));
});
