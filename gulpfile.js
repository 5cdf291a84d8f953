// Builds what the TypeScript compiler doesn't: the files that n8n reads beside the compiled nodes and credentials.
const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

const ASSETS = [
	'nodes/**/*.svg',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.svg',
];

/** Empties `dist`, so that nothing is published whose source is gone. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Icons, codex files (`*.node.json`) and output schemas (`__schema__`) keep their place below `dist`. */
function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.clean = clean;
exports.default = assets;
