import { SCRIPT } from './script.mts';
import { STYLE } from './style.mts';

/** The whole page: nothing is loaded from anywhere else, so that it works without internet. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Voucherify and Braze sandbox</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%235b5bd6'/%3E%3Cpath d='M4 8h8M8 4v8' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E">
<style>${STYLE}</style>
</head>
<body>
<header>
	<h1>Sandbox</h1>
	<span class="address">Voucherify <code id="voucherify-url"></code></span>
	<span class="address">Braze <code id="braze-url"></code></span>
	<span class="live" id="live">connecting</span>
</header>
<main>
	<div class="tiles" id="tiles"></div>
	<div class="columns">
		<div class="column">
			<section class="card"><div class="head"><h2>Voucherify campaigns</h2><span class="note" id="campaigns-note"></span></div><div class="scroll tall" id="campaigns"></div></section>
			<section class="card"><div class="head"><h2>Newest publications</h2><span class="note" id="publications-note"></span></div><div class="scroll" id="publications"></div></section>
			<section class="card" id="promotion-lists-card" hidden><div class="head"><h2>Promotion code lists in Braze</h2></div><div id="promotion-lists"></div></section>
		</div>
		<div class="column">
			<section class="card"><div class="head"><h2>Braze profiles, latest changed first</h2><span class="note" id="profiles-note"></span></div><div class="scroll tall" id="profiles"></div></section>
			<section class="card"><div class="head"><h2>Recent requests</h2><span class="note" id="requests-note"></span></div><div class="scroll" id="requests"></div></section>
		</div>
	</div>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
