// npm run test:queue
import { runCommand } from './dependencies.mjs';

await runCommand(
	() => process.cwd(),
	async (projectFolder) => {
		const { tsImport } = await import('tsx/esm/api');
		const { main } = await tsImport('../test/queue/main.mts', import.meta.url);
		return main(projectFolder);
	},
);
