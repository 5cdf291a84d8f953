import { useState } from 'preact/hooks';
import { Card, html, Nothing, shown, Time } from './html.mjs';

const LOOKS = { delivered: 'good', retrying: 'warn', failed: 'bad', waiting: '' };

function Target({ target: { id, kind, url, active }, act }) {
	return html`<div class="row">
		<span class="chip">${kind}</span>
		<div class="grow ellipsis mono" title=${url}>${url}</div>
		${!active && html`<span class="chip bad">switched off after its last try</span>`}
		<button
			class="quiet"
			onClick=${() => act('DELETE', `/_sandbox/webhooks/${id}`, undefined, () => 'The receiver is gone.')}
		>
			Remove
		</button>
	</div>`;
}

function NewTarget({ act }) {
	const [url, setUrl] = useState('');
	const [kind, setKind] = useState('distribution');
	const add = async (event) => {
		event.preventDefault();
		if (await act('POST', '/_sandbox/webhooks', { url, kind }, () => `${url} hears of events from now on.`))
			setUrl('');
	};
	return html`<form class="row form" onSubmit=${add}>
		<input
			class="grow"
			type="url"
			required
			aria-label="URL of a receiver"
			placeholder="URL of a receiver, e.g. of the Voucherify Trigger"
			value=${url}
			onInput=${({ target }) => setUrl(target.value)}
		/>
		<select aria-label="Kind of receiver" value=${kind} onChange=${({ target }) => setKind(target.value)}>
			<option value="distribution">distribution</option>
			<option value="project">project webhook</option>
			<option value="raw">raw payload</option>
		</select>
		<button>Add</button>
	</form>`;
}

function Delivery({ delivery: { from, what, url, state, at, tries, nextAttemptAt } }) {
	return html`<div class="row delivery">
		<span class=${`chip status ${LOOKS[state] ?? ''}`}>${state}</span>
		<div class="grow">
			<div class="ellipsis">${what} <span class="soft">${from}</span></div>
			<div class="ellipsis soft mono" title=${url}>${url}</div>
		</div>
		<span class="soft tries ellipsis" title=${tries.join(', ')}
			>${tries.length > 0 && `${tries.length === 1 ? '1 try' : `${tries.length} tries`}: ${tries.join(', ')}`}</span
		>
		${nextAttemptAt !== undefined && html`<span class="soft number">again at ${new Date(nextAttemptAt).toLocaleTimeString('en-GB')}</span>`}
		${at !== undefined && html`<${Time} at=${at} />`}
	</div>`;
}

/** Who is told about events, and how often it was tried. */
export function Webhooks({ targets, deliveries, act }) {
	return html`<${Card}
		id="webhooks"
		title="Webhooks and their retries"
		note=${`${shown(targets.length)} receiver${targets.length === 1 ? '' : 's'}`}
	>
		${targets.map((target) => html`<${Target} key=${target.id} target=${target} act=${act} />`)}
		<${NewTarget} act=${act} />
		<div class="scroll" tabindex="0">
			${deliveries.length === 0 && html`<${Nothing}>Nothing was sent yet. Add a receiver, and fire an event.<//>`}
			${deliveries.map((delivery) => html`<${Delivery} delivery=${delivery} />`)}
		</div>
	<//>`;
}
