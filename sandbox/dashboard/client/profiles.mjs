import { Card, counted, html, Nothing, shown, Time } from './html.mjs';

const written = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function Code({ code, onCode }) {
	const { text, campaign, holdsIt } = code;
	return html`<button class="coded" title="Show its QR code" onClick=${() => onCode(code)}>
		<img
			loading="lazy"
			width="44"
			height="44"
			alt=${`QR code of ${text}`}
			src=${`/assets/qr/${encodeURIComponent(text)}?size=2&format=svg`}
		/>
		<span class="mono">${text}</span>
		<span class=${holdsIt ? 'chip good' : 'chip bad'}
			>${holdsIt ? `✓ ${campaign}` : 'published to somebody else'}</span
		>
	</button>`;
}

function Attribute({ attribute: { name, value, codes = [] }, onCode }) {
	const isBareCode = codes.length === 1 && codes[0].text === value;
	return html`<div class=${codes.length > 0 ? 'attribute with-codes' : 'attribute'}>
		<span class="mono ellipsis"><span class="name">${name}</span> ${!isBareCode && written(value)}</span>
		${codes.map((code) => html`<${Code} code=${code} onCode=${onCode} />`)}
	</div>`;
}

function Profile({ profile, onCode }) {
	const { user, fields, events, purchases, at, attributes, more } = profile;
	const done = [
		events > 0 && counted(events, 'event'),
		purchases > 0 && counted(purchases, 'purchase'),
	].filter(Boolean);
	return html`<article class="profile">
		<div class="who">
			<b class="ellipsis">${user}</b><span class="soft ellipsis">${fields.join(' · ')}</span>
			<span class="number soft">${done.join(', ')}</span><${Time} at=${at} />
		</div>
		<div class="attributes">
			${attributes.map((attribute) => html`<${Attribute} key=${attribute.name} attribute=${attribute} onCode=${onCode} />`)}
			${more > 0 && html`<span class="soft">+${more} more</span>`}
		</div>
	</article>`;
}

/** The profiles that were changed last, with the codes on them. */
export function Profiles({ profiles, total, onCode }) {
	return html`<${Card}
		id="profiles"
		title="Braze profiles, latest changed first"
		note=${`${shown(total)} in all`}
	>
		<div class="scroll tall" tabindex="0">
			${profiles.length === 0 && html`<${Nothing}>Braze has no profiles yet. They appear with the first tracked attribute or event.<//>`}
			${profiles.map((profile) => html`<${Profile} key=${profile.user} profile=${profile} onCode=${onCode} />`)}
		</div>
	<//>`;
}

/** Events and purchases on these profiles. */
export function Events({ events, total }) {
	return html`<${Card} id="events" title="Latest events in Braze" note=${`${shown(total)} in all`}>
		<div class="scroll" tabindex="0">
			${events.length === 0 && html`<${Nothing}>No event was tracked yet.<//>`}
			${events.map(
				({ user, name, at, details }) =>
					html`<div class="row">
						<span class="chip code">${name}</span>
						<div class="grow ellipsis">
							<span>${user}</span>
							<span class="soft mono"
								>${Object.entries(details)
									.map(([key, value]) => `${key}: ${written(value)}`)
									.join(', ')}</span
							>
						</div>
						<${Time} at=${at} />
					</div>`,
			)}
		</div>
	<//>`;
}
