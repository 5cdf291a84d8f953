/** Looks of the page, light and dark as the system has it. */
export const STYLE = /* CSS */ `
:root {
	color-scheme: light dark;
	--ground: #f4f5f8; --card: #ffffff; --line: #e3e6ec; --ink: #1a1f2b; --soft: #667085; --faint: #98a2b3;
	--accent: #5b5bd6; --accent-soft: #ececfd; --good: #12805c; --good-soft: #dff5ec; --bad: #c0362c; --bad-soft: #fde8e6;
	--warn: #9a6700; --warn-soft: #fdf3d6; --bar: #e8eaf1;
	--voucherify: #5b5bd6; --braze: #d9730d;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #0f1218; --card: #171b23; --line: #272d39; --ink: #e8ebf2; --soft: #98a2b3; --faint: #667085;
		--accent: #9b9bff; --accent-soft: #262650; --good: #4fd1a1; --good-soft: #12362b; --bad: #ff8a80; --bad-soft: #44201d;
		--warn: #f2c14e; --warn-soft: #3b2f10; --bar: #252b37;
		--voucherify: #9b9bff; --braze: #ffa657;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0; padding: 28px 32px 40px; background: var(--ground); color: var(--ink);
	font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main, header { max-width: 1360px; margin: 0 auto; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 6px 18px; margin-bottom: 18px; }
h1 { font-size: 21px; font-weight: 650; letter-spacing: -0.01em; margin: 0; }
h2 { font-size: 13px; font-weight: 600; margin: 0; }
.address { color: var(--soft); font-size: 13px; }
.address code { color: var(--ink); }
code, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", Menlo, monospace; font-size: 12.5px; }
.live { margin-left: auto; color: var(--soft); font-size: 13px; }
.live::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 7px; background: var(--good); }
.live.lost { color: var(--bad); }
.live.lost::before { background: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-bottom: 12px; }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.tile { padding: 13px 16px 12px; }
.tile b { display: block; font-size: 25px; font-weight: 620; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; line-height: 1.2; }
.tile span { color: var(--soft); font-size: 12.5px; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr); gap: 12px; align-items: start; }
@media (max-width: 900px) { body { padding: 20px 16px; } .columns { grid-template-columns: minmax(0, 1fr); } }
.column { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
.card > .head { display: flex; align-items: baseline; gap: 10px; padding: 13px 16px 10px; }
.card > .head .note { margin-left: auto; color: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; }
.row { display: flex; align-items: center; gap: 12px; padding: 9px 16px; border-top: 1px solid var(--line); min-width: 0; }
.row .grow { flex: 1; min-width: 0; }
.ellipsis { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.soft { color: var(--soft); font-size: 12.5px; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { height: 5px; border-radius: 3px; background: var(--bar); overflow: hidden; margin-top: 6px; }
.bar i { display: block; height: 100%; border-radius: 3px; background: var(--accent); transition: width .4s; }
.chip { display: inline-block; padding: 1px 8px; border-radius: 999px; font-size: 12px; background: var(--bar); color: var(--soft); white-space: nowrap; }
.chip.code { background: var(--accent-soft); color: var(--accent); }
.chip + .chip { margin-left: 5px; }
.chip.good { background: var(--good-soft); color: var(--good); }
.chip.bad { background: var(--bad-soft); color: var(--bad); }
.chip.warn { background: var(--warn-soft); color: var(--warn); }
.profile { padding: 10px 16px 12px; border-top: 1px solid var(--line); }
.profile .who { display: flex; align-items: baseline; gap: 9px; }
.profile .who b { font-weight: 600; }
.profile .who .number { margin-left: auto; }
.attributes { display: flex; flex-wrap: wrap; gap: 5px 14px; margin-top: 5px; }
.attributes > div { max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.attributes .name { color: var(--soft); }
.nothing { padding: 16px; border-top: 1px solid var(--line); color: var(--soft); }
.scroll { max-height: 400px; overflow: auto; scrollbar-width: thin; scrollbar-color: var(--faint) transparent; }
.scroll.tall { max-height: 640px; }
.status { min-width: 40px; text-align: center; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0 16px 6px; font-size: 12.5px; }
.legend b { margin: 0 5px; }
.grow > span.soft, .grow > .chip, .ellipsis > span.soft { margin-left: 7px; }
.legend i { display: inline-block; width: 10px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
.legend i.dot { width: 7px; height: 7px; border-radius: 50%; background: var(--bad); }
.plot { margin: 0 12px 10px 4px; height: 170px; overflow: hidden; }
button, select, input {
	font: inherit; font-size: 12.5px; color: var(--ink); background: var(--ground); border: 1px solid var(--line);
	border-radius: 7px; padding: 4px 10px; min-width: 0; max-width: 100%;
}
button { cursor: pointer; }
button:hover { border-color: var(--accent); color: var(--accent); }
button:active { background: var(--accent-soft); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
button.quiet { background: none; border-color: transparent; color: var(--soft); padding: 2px 6px; }
button.danger { margin-left: auto; color: var(--bad); }
button.chip { border: 0; font: inherit; font-size: 12px; padding: 1px 8px; border-radius: 999px; }
button.cross { border: 0; background: none; padding: 0 0 0 4px; color: inherit; }
input[type="number"] { width: 68px; }
.steering { border-top: 1px solid var(--line); }
.form { padding: 10px 16px; display: flex; flex-wrap: wrap; align-items: center; gap: 6px; font-size: 12.5px; }
.form + .form { border-top: 1px solid var(--line); }
.form h3 { font-size: 12.5px; font-weight: 500; color: var(--soft); margin: 0; flex-basis: 100%; }
.buttons, .armed, .line { display: flex; flex-wrap: wrap; gap: 6px; flex-basis: 100%; align-items: center; }
.armed:empty { display: none; }
.attribute { display: flex; align-items: baseline; gap: 6px; }
.attribute.with-codes { flex-basis: 100%; flex-wrap: wrap; align-items: center; }
button.coded { display: inline-flex; align-items: center; gap: 9px; padding: 3px 10px 3px 3px; border-radius: 9px; background: var(--accent-soft); border-color: transparent; color: var(--accent); }
.coded img, dialog img { background: #fff; border-radius: 6px; }
dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink); padding: 22px; text-align: center; }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog p { margin: 8px 0 0; }
dialog form { margin-top: 14px; }
dialog .qr { width: 230px; height: 230px; display: block; margin: 0 auto 10px; }
dialog .barcode { max-width: 260px; max-height: 90px; padding: 8px; display: block; margin: 0 auto; }
.said { position: fixed; left: 50%; bottom: 18px; transform: translateX(-50%); max-width: calc(100% - 32px); background: var(--ink); color: var(--card); padding: 9px 16px; border-radius: 10px; font-size: 13px; cursor: pointer; }
.said:empty { display: none; }
.said.bad { background: var(--bad); }
.tries { max-width: 180px; }
@media (max-width: 600px) {
	.tiles { grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); }
	.row .spare { display: none; }
	.row.delivery { flex-wrap: wrap; gap: 4px 10px; }
	.row.delivery .grow { flex-basis: calc(100% - 110px); }
	.profile .who { flex-wrap: wrap; }
	.profile .who b { flex-basis: 70%; flex-grow: 1; }
}
.when { color: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;
