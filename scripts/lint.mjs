// npm run lint
import { runCommand } from './dependencies.mjs';

await runCommand(
	() => process.cwd(),
	async (projectFolder) => {
		const { tsImport } = await import('tsx/esm/api');
		const { lint } = await tsImport('./checks/lint.mts', import.meta.url);
		return lint(projectFolder);
	},
);
