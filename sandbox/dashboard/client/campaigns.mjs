import { Card, html, Nothing, shown, Time } from './html.mjs';

function Stock({ campaign: { kind, codes, published } }) {
	if (kind === 'promotion') return html`<span class="number soft">needs no codes</span>`;
	if (codes === null) return html`<span class="number soft">${shown(published)} published</span>`;
	const left = codes - published;
	if (left === 0) return html`<span class="number chip bad">no codes left</span>`;
	return html`<span class="number soft">${shown(left)} of ${shown(codes)} left</span>`;
}

function Campaign({ campaign }) {
	const { name, kind, codes, published } = campaign;
	return html`<div class="row">
		<div class="grow">
			<span>${name}</span> <span class="chip">${kind}</span>
			${codes > 0 && html`<div class="bar"><i style=${{ width: `${(100 * (codes - published)) / codes}%` }}></i></div>`}
		</div>
		<${Stock} campaign=${campaign} />
	</div>`;
}

/** Campaigns with what is left of their codes. */
export function Campaigns({ campaigns }) {
	return html`<${Card} id="campaigns" title="Voucherify campaigns" note=${shown(campaigns.length)}>
		<div class="scroll tall" tabindex="0">
			${campaigns.length === 0 && html`<${Nothing}>No campaigns yet.<//>`}
			${campaigns.map((campaign) => html`<${Campaign} key=${campaign.name} campaign=${campaign} />`)}
		</div>
	<//>`;
}

/** Who got which code, newest first. */
export function Publications({ publications, total, onCode }) {
	return html`<${Card} id="publications" title="Newest publications" note=${`${shown(total)} in all`}>
		<div class="scroll" tabindex="0">
			${publications.length === 0 && html`<${Nothing}>Nobody has got a code yet. Run a workflow, and codes appear here.<//>`}
			${publications.map(
				({ at, customer, campaign, codes }) =>
					html`<div class="row">
						<div class="grow ellipsis"><span>${customer}</span> <span class="soft">${campaign}</span></div>
						${codes
							.slice(0, 2)
							.map(
								(code) =>
									html`<button
										class="chip code"
										title="Show its QR code"
										onClick=${() => onCode({ text: code, campaign })}
									>
										${code}
									</button>`,
							)}
						${codes.length > 2 && html`<span class="soft">+${codes.length - 2}</span>`}
						<${Time} at=${at} />
					</div>`,
			)}
		</div>
	<//>`;
}

/** Lists of promotion codes that were uploaded to Braze. */
export function PromotionLists({ lists }) {
	return html`<${Card} id="promotion-lists" title="Promotion code lists in Braze" note=${shown(lists.length)}>
		${lists.length === 0 && html`<${Nothing}>No list was uploaded yet. Braze takes them in its dashboard; here, a workflow uploads them.<//>`}
		${lists.map(
			({ name, count, first }) =>
				html`<div class="row">
					<div class="grow ellipsis">
						<span>${name}</span> <span class="soft mono">${first.join(', ')}</span>
					</div>
					<span class="number soft">${shown(count)} codes</span>
				</div>`,
		)}
	<//>`;
}
