// npm run lint
import { runCommand } from './dependencies.mjs';

await runCommand(async () => {
	const { tsImport } = await import('tsx/esm/api');
	const { lint } = await tsImport('./checks/lint.mts', import.meta.url);
	return lint(process.cwd());
});
