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

const browserGlobals = ['document', 'matchMedia', 'getComputedStyle', 'ResizeObserver', 'confirm'];

export default tseslint.config(
	{ ignores: ['dist', 'nodes', 'credentials', 'coverage', '.n8n-*'] },
	{ files: ['**/*.mts', '**/*.mjs', '**/*.js'], extends: [js.configs.recommended] },
	{
		files: ['**/*.mts'],
		extends: [tseslint.configs.recommended],
		rules: {
			// As the compiler sees it: leaving a field out by `{ field, ...rest }` is a use, and a name like _ says "unused".
			'@typescript-eslint/no-unused-vars': [
				'error',
				{
					ignoreRestSiblings: true,
					argsIgnorePattern: '^_',
					varsIgnorePattern: '^_',
					destructuredArrayIgnorePattern: '^_',
				},
			],
		},
	},
	{
		files: ['**/*.mjs'],
		languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
	},
	{
		// Sent to the browser as they are.
		files: ['sandbox/dashboard/client/*.mjs'],
		languageOptions: { globals: Object.fromEntries(browserGlobals.map((name) => [name, 'readonly'])) },
	},
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: { require: 'readonly', module: 'writable', exports: 'writable' },
		},
	},
);
