import { useState } from 'preact/hooks';
import { Card, html } from './html.mjs';

/** Faults as people think of them; `times` how often each happens. */
const FAULTS = [
	{
		name: 'Too many requests (429)',
		fault: {
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '2', 'x-ratelimit-retry-after': '2' },
			body: { message: 'Too many requests' },
		},
	},
	{ name: 'Server error (500)', fault: { kind: 'status', status: 500, body: { message: 'Internal error' } } },
	{ name: 'Bad gateway (502)', fault: { kind: 'status', status: 502, body: '<h1>Bad Gateway</h1>' } },
	{ name: 'Connection reset, nothing done', fault: { kind: 'reset', when: 'before' } },
	{ name: 'Answer lost, work done', fault: { kind: 'reset', when: 'after' } },
	{ name: 'Half an answer', fault: { kind: 'truncate', when: 'after' } },
	{ name: 'A page of HTML', fault: { kind: 'notJson' } },
	{ name: 'Slow by 3 s', fault: { kind: 'slow', delayMs: 3000 } },
	{ name: 'No answer at all', fault: { kind: 'hang' } },
];

function Faults({ faults, act }) {
	const [service, setService] = useState('braze');
	const [chosen, setChosen] = useState(0);
	const [times, setTimes] = useState('3');
	const switchOn = (event) => {
		event.preventDefault();
		const { name, fault } = FAULTS[chosen];
		void act(
			'POST',
			'/_sandbox/faults',
			{ service, times: Number(times), ...fault },
			() => `${name}, ${times} times.`,
		);
	};
	return html`<form class="form" onSubmit=${switchOn}>
		<h3>Faults</h3>
		<select aria-label="Service" value=${service} onChange=${({ target }) => setService(target.value)}>
			<option value="braze">Braze</option>
			<option value="voucherify">Voucherify</option>
		</select>
		<select aria-label="Fault" value=${chosen} onChange=${({ target }) => setChosen(Number(target.value))}>
			${FAULTS.map(({ name }, index) => html`<option value=${index}>${name}</option>`)}
		</select>
		<input
			type="number"
			aria-label="How many times"
			min="1"
			max="100000"
			required
			value=${times}
			onInput=${({ target }) => setTimes(target.value)}
		/>
		times
		<button>Switch on</button>
		<div class="armed">
			${faults.map(
				({ id, service: where, kind, hits, times: most, path }) =>
					html`<span class=${hits >= (most ?? Infinity) ? 'chip' : 'chip warn'}
						>${where} · ${kind}${path ? ` · ${path}` : ''} · ${hits}${most === undefined ? '' : ` of ${most}`}
						<button
							type="button"
							class="cross"
							aria-label="Switch this fault off"
							onClick=${() => act('DELETE', `/_sandbox/faults/${id}`, undefined, () => 'That fault is off.')}
						>
							×
						</button></span
					>`,
			)}
			${faults.length > 0 && html`<button type="button" class="quiet" onClick=${() => act('DELETE', '/_sandbox/faults', undefined, () => 'All faults are off.')}>All off</button>`}
		</div>
	</form>`;
}

const short = (type) =>
	type.replace(/^customer\./, '').replace(/^manual_distribution_schedule$/, 'manual message');

function Events({ offered, act }) {
	const [type, setType] = useState('');
	const fire = (name) =>
		act('POST', '/_sandbox/window/events', { type: name }, ({ receivers }) =>
			receivers === 0 ? `${name} was fired, and nobody listens: add a receiver below.` : `${name} was fired.`,
		);
	return html`<div class="form">
		<h3>Fire an event of Voucherify</h3>
		<div class="buttons">
			${offered.distribution.map((name) => html`<button title=${name} onClick=${() => fire(name)}>${short(name)}</button>`)}
		</div>
		<form
			class="line"
			onSubmit=${(event) => {
				event.preventDefault();
				void fire(type || offered.project[0]);
			}}
		>
			<select
				aria-label="Event of project webhooks"
				value=${type || offered.project[0]}
				onChange=${({ target }) => setType(target.value)}
			>
				${offered.project.map((name) => html`<option value=${name}>${name}</option>`)}
			</select>
			<button>Fire</button>
		</form>
	</div>`;
}

/** What people can let happen. */
export function Steering({ faults, offered, act }) {
	const moved =
		(verb) =>
		({ customer, segments }) =>
			`${customer} ${verb} ${segments.join(', ')}.`;
	const clock = (ms, words) =>
		act('POST', '/_sandbox/clock', { advanceMs: ms }, () => `The sandbox's clock is ${words} further.`);
	const reset = () => {
		if (confirm('Forget everything that happened, and start over?'))
			void act('POST', '/_sandbox/reset', undefined, () => 'Everything is as it was at the start.');
	};
	return html`<${Card} id="steering" title="Let something happen">
		<div class="steering">
			<${Events} offered=${offered} act=${act} />
			<div class="form">
				<h3>Segments</h3>
				<button onClick=${() => act('POST', '/_sandbox/window/segments/enter', undefined, moved('entered'))}>
					A new customer enters
				</button>
				<button onClick=${() => act('POST', '/_sandbox/window/segments/leave', undefined, moved('left'))}>
					That customer leaves
				</button>
			</div>
			<${Faults} faults=${faults} act=${act} />
			<div class="form">
				<h3>Time</h3>
				<button title="Retries of webhooks fall due" onClick=${() => clock(60_000, 'a minute')}>
					+1 min
				</button>
				<button onClick=${() => clock(3_600_000, 'an hour')}>+1 h</button>
				<button class="danger" onClick=${reset}>Start over</button>
			</div>
		</div>
	<//>`;
}
