// Builds what the TypeScript compiler doesn't: the files that n8n reads beside the compiled nodes and credentials.
const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes what an earlier build left: the package must not hold files whose source is gone. */
exports.clean = async function clean() {
	await rm('dist', { recursive: true, force: true });
};

/** Icons, codex files (`*.node.json`) and output schemas (`__schema__`) keep their place below `dist`. */
exports.default = function assets() {
	return src(
		['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'],
		{ base: '.', encoding: false },
	).pipe(dest('dist'));
};
