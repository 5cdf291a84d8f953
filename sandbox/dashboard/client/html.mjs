import htm from 'htm';
import { h } from 'preact';

/** Markup as a tagged template; values become text, never markup. */
export const html = htm.bind(h);

const numbers = new Intl.NumberFormat('en');

/** A number as people read it: 12,345. */
export const shown = (number) => numbers.format(number);

/** `1 event`, `2 events` */
export const counted = (number, word) => `${shown(number)} ${word}${number === 1 ? '' : 's'}`;

/** A time of day, with the whole date on hover. */
export function Time({ at }) {
	const date = new Date(at);
	return html`<time class="when" datetime=${at} title=${date.toLocaleString('en-GB')}
		>${date.toLocaleTimeString('en-GB')}</time
	>`;
}

/** A part of the page with a heading; `note` stands at its right. */
export function Card({ title, note, id, children }) {
	return html`<section class="card" id=${id} aria-label=${title}>
		<div class="head">
			<h2>${title}</h2>
			${note !== undefined && html`<span class="note">${note}</span>`}
		</div>
		${children}
	</section>`;
}

/** What stands in place of an empty list. */
export const Nothing = ({ children }) => html`<div class="nothing">${children}</div>`;
