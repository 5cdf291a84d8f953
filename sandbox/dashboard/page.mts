import { STYLE } from './style.mts';

const IMPORTS = {
	preact: '/files/preact.mjs',
	'preact/hooks': '/files/hooks.mjs',
	htm: '/files/htm.mjs',
	uplot: '/files/uplot.mjs',
};

/** The whole page: nothing is loaded from another host, so that it works without internet. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Voucherify and Braze sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%235b5bd6'/%3E%3Cpath d='M4 8h8M8 4v8' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/files/uplot.css">
<style>${STYLE}</style>
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<script type="module" src="/files/window.mjs"></script>
</head>
<body><noscript>This page needs JavaScript.</noscript></body>
</html>
`;
