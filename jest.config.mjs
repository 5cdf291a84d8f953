/** @type {import('jest').Config} */
export default {
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	testEnvironment: 'node',
	// Outside the published nodes, TypeScript files end in .mts: n8n's own lint rules cover every .ts file and are meant for nodes.
	moduleFileExtensions: ['js', 'cjs', 'mjs', 'ts', 'mts', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
			},
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testTimeout: 30_000,
};
