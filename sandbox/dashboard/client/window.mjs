// The page: it asks for the summary once a second and shows what has changed.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { send } from './actions.mjs';
import { Campaigns, PromotionLists, Publications } from './campaigns.mjs';
import { html, shown } from './html.mjs';
import { Events, Profiles } from './profiles.mjs';
import { Steering } from './steering.mjs';
import { Requests, Traffic } from './traffic.mjs';
import { Webhooks } from './webhooks.mjs';

const EVERY_MS = 1000;
/** How long the page says how something went. */
const SAID_MS = 6000;

const Tile = ({ count, name }) => html`<div class="tile"><b>${shown(count)}</b><span>${name}</span></div>`;

function CodeDialog({ code, onClose }) {
	const dialog = useRef(null);
	useEffect(() => dialog.current.showModal(), []);
	const picture = (shape) =>
		`/assets/${shape}/${encodeURIComponent(code.text)}?format=svg&size=${shape === 'qr' ? 8 : 3}`;
	return html`<dialog
		ref=${dialog}
		onClose=${onClose}
		onClick=${({ target }) => target === dialog.current && dialog.current.close()}
	>
		<img class="qr" alt=${`QR code of ${code.text}`} src=${picture('qr')} />
		<img class="barcode" alt=${`Barcode of ${code.text}`} src=${picture('barcode')} />
		<p class="mono">${code.text}</p>
		<p class="soft">${code.campaign}</p>
		<form method="dialog"><button>Close</button></form>
	</dialog>`;
}

function Window({ offered }) {
	const [summary, setSummary] = useState(null);
	const [isLost, setLost] = useState(false);
	const [said, setSaid] = useState(null);
	const [code, setCode] = useState(null);
	const refresh = async () => {
		try {
			setSummary(await send('GET', '/_sandbox/summary'));
			setLost(false);
		} catch {
			setLost(true);
		}
	};
	useEffect(() => {
		let timer;
		const again = async () => {
			if (!document.hidden) await refresh();
			timer = setTimeout(again, EVERY_MS);
		};
		void again();
		return () => clearTimeout(timer);
	}, []);
	useEffect(() => {
		const timer = setTimeout(() => setSaid(null), SAID_MS);
		return () => clearTimeout(timer);
	}, [said]);
	/** Does something, says how it went, and shows what has changed; true when it went well. */
	const act = async (method, path, body, words) => {
		try {
			setSaid({ text: words(await send(method, path, body)) });
			await refresh();
			return true;
		} catch ({ message }) {
			setSaid({ text: message, isBad: true });
			return false;
		}
	};
	const live = isLost
		? 'the sandbox does not answer'
		: summary === null
			? 'connecting'
			: `live, ${new Date(summary.now).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })}`;
	return html`
		<header>
			<h1>Sandbox</h1>
			<span class="address">Voucherify <code>${summary?.voucherify.url}</code></span>
			<span class="address">Braze <code>${summary?.braze.url}</code></span>
			<span class=${isLost ? 'live lost' : 'live'}>${live}</span>
		</header>
		${summary !== null && html`<${Everything} summary=${summary} offered=${offered} act=${act} onCode=${setCode} />`}
		<div class=${said?.isBad ? 'said bad' : 'said'} role="status" onClick=${() => setSaid(null)}>
			${said?.text}
		</div>
		${code !== null && html`<${CodeDialog} code=${code} onClose=${() => setCode(null)} />`}
	`;
}

function Everything({
	summary: { voucherify, braze, requests, rates, faults, webhooks },
	offered,
	act,
	onCode,
}) {
	const { counters } = braze;
	return html`<main>
		<div class="tiles">
			<${Tile} count=${voucherify.customers} name="customers" />
			<${Tile} count=${voucherify.published} name="publications" />
			<${Tile} count=${braze.profiles} name="Braze profiles" />
			<${Tile} count=${counters.events} name="events tracked" />
			<${Tile} count=${counters.dataPoints} name="data points" />
			<${Tile} count=${counters.rejected + braze.dropped} name="refused or dropped" />
			<${Tile} count=${requests.total} name="requests" />
		</div>
		<div class="columns">
			<div class="column">
				<${Traffic} rates=${rates} />
				<${Campaigns} campaigns=${voucherify.campaigns} />
				<${Publications}
					publications=${voucherify.publications}
					total=${voucherify.published}
					onCode=${onCode}
				/>
				<${PromotionLists} lists=${braze.promotionLists} />
				<${Events} events=${braze.events} total=${counters.events} />
			</div>
			<div class="column">
				<${Steering} faults=${faults} offered=${offered} act=${act} />
				<${Profiles} profiles=${braze.latestProfiles} total=${braze.profiles} onCode=${onCode} />
				<${Webhooks} targets=${webhooks.targets} deliveries=${webhooks.deliveries} act=${act} />
				<${Requests} requests=${requests.latest} total=${requests.total} />
			</div>
		</div>
	</main>`;
}

render(html`<${Window} offered=${await send('GET', '/_sandbox/window/events')} />`, document.body);
