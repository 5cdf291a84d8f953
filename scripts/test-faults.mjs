// npm run test:faults
import { runCommand } from './dependencies.mjs';

await runCommand(
	() => process.cwd(),
	async (projectFolder) => {
		const { tsImport } = await import('tsx/esm/api');
		const { main } = await tsImport('../test/faults/main.mts', import.meta.url);
		return main(projectFolder);
	},
);
