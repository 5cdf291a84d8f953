// Builds what the TypeScript compiler doesn't: the files that n8n reads beside the compiled nodes and credentials.
const { dest, src } = require('gulp');

/** Icons, codex files (`*.node.json`) and output schemas (`__schema__`) keep their place below `dist`. */
function assets() {
	return src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.default = assets;
