// npm test
import { runCommand } from './dependencies.mjs';

await runCommand(
	() => process.argv.slice(2),
	async (jestArgs) => {
		const { tsImport } = await import('tsx/esm/api');
		const { test } = await tsImport('./checks/test.mts', import.meta.url);
		return test(process.cwd(), jestArgs);
	},
);
