// Lint of everything outside nodes/ and credentials/, which n8n's own rules (eslint.config.mjs) cover.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeGlobals = [
	'console',
	'process',
	'fetch',
	'URL',
	'setTimeout',
	'clearTimeout',
	'setInterval',
	'clearInterval',
	'Buffer',
];

export default tseslint.config(
	{ ignores: ['dist', 'nodes', 'credentials', 'coverage', '.n8n-*'] },
	{ files: ['**/*.mts', '**/*.mjs', '**/*.js'], extends: [js.configs.recommended] },
	{ files: ['**/*.mts'], extends: [tseslint.configs.recommended] },
	{
		files: ['**/*.mjs'],
		languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
	},
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', exports: 'writable' },
		},
	},
);
