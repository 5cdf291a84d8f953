// npm run test:e2e, npm run screenshots
import { parseArgs } from 'node:util';
import { runCommand } from './dependencies.mjs';

await runCommand(
	() => parseArgs({ options: { pictures: { type: 'boolean', default: false } } }).values,
	async ({ pictures }) => {
		const { tsImport } = await import('tsx/esm/api');
		const { main } = await tsImport('../test/e2e/main.mts', import.meta.url);
		return main(process.cwd(), pictures);
	},
);
