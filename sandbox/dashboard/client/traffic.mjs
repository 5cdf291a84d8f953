import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { Card, html, Nothing, shown, Time } from './html.mjs';

const HEIGHT = 170;
/** A limit that lies further above the traffic than this would make the lines flat. */
const LIMIT_IN_SIGHT = 6;
const SERVICES = [
	{ key: 'voucherify', name: 'Voucherify', colour: '--voucherify' },
	{ key: 'braze', name: 'Braze', colour: '--braze' },
];

const colourOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function columns(rates) {
	const seconds = rates.braze.requests.length - 1;
	const xs = rates.braze.requests.map((_, index) => index - seconds);
	// The second that is not over yet would always look like a drop.
	const cut = (values) => values.slice(0, -1);
	const peak = Math.max(1, ...SERVICES.flatMap(({ key }) => cut(rates[key].requests)));
	const limit = (key) => {
		const { limit: most } = rates[key];
		return cut(xs).map(() => (most !== null && most <= peak * LIMIT_IN_SIGHT ? most : null));
	};
	return [
		cut(xs),
		...SERVICES.map(({ key }) => cut(rates[key].requests)),
		...SERVICES.map(({ key }) => limit(key)),
		cut(rates.voucherify.refused).map((count, index) => count + rates.braze.refused[index] || null),
	];
}

function options(width) {
	const axis = {
		stroke: colourOf('--soft'),
		grid: { stroke: colourOf('--line'), width: 1 },
		ticks: { show: false },
		font: '11px system-ui',
	};
	return {
		width,
		height: HEIGHT,
		legend: { show: false },
		cursor: { show: false },
		scales: {
			x: { time: false },
			y: { range: (_plot, _low, high) => [0, Math.max(1, Math.ceil((high ?? 1) * 1.1))] },
		},
		axes: [
			{
				...axis,
				size: 26,
				values: (_plot, marks) => marks.map((mark) => (mark === 0 ? 'now' : `${mark} s`)),
			},
			{
				...axis,
				size: 44,
				incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
				values: (_plot, marks) => marks.map((mark) => shown(mark)),
			},
		],
		series: [
			{},
			...SERVICES.map(({ colour }) => ({
				stroke: colourOf(colour),
				fill: `${colourOf(colour)}22`,
				width: 1.5,
				points: { show: false },
			})),
			...SERVICES.map(({ colour }) => ({
				stroke: colourOf(colour),
				width: 1,
				dash: [5, 4],
				points: { show: false },
			})),
			{
				stroke: colourOf('--bad'),
				paths: () => null,
				points: { show: true, size: 6, fill: colourOf('--bad') },
			},
		],
	};
}

function Plot({ rates }) {
	const place = useRef(null);
	const plot = useRef(null);
	const latest = useRef(rates);
	latest.current = rates;
	useEffect(() => {
		const dark = matchMedia('(prefers-color-scheme: dark)');
		const make = () => {
			plot.current?.destroy();
			plot.current = new uPlot(options(place.current.clientWidth), columns(latest.current), place.current);
		};
		const sized = new ResizeObserver(() => {
			if (plot.current === null) make();
			else plot.current.setSize({ width: place.current.clientWidth, height: HEIGHT });
		});
		sized.observe(place.current);
		dark.addEventListener('change', make);
		return () => {
			sized.disconnect();
			dark.removeEventListener('change', make);
			plot.current?.destroy();
		};
	}, []);
	useEffect(() => plot.current?.setData(columns(rates)), [rates]);
	return html`<div
		class="plot"
		ref=${place}
		role="img"
		aria-label="Requests per second in the last two minutes"
	></div>`;
}

const perSecond = (number) => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(number);

/** Requests per second against the limits. */
export function Traffic({ rates }) {
	const refused = [...rates.voucherify.refused, ...rates.braze.refused].reduce(
		(sum, count) => sum + count,
		0,
	);
	return html`<${Card} id="traffic" title="Requests per second">
		<div class="legend">
			${SERVICES.map(({ key, name, colour }) => {
				const { requests, limit } = rates[key];
				return html`<span
					><i style=${{ background: `var(${colour})` }}></i>${name}
					<b class="number">${shown(requests.at(-2) ?? 0)}</b>
					<span class="soft">${limit === null ? 'no limit' : `limit ${perSecond(limit)}`}</span></span
				>`;
			})}
			<span><i class="dot"></i>refused (429) <b class="number">${shown(refused)}</b></span>
		</div>
		<${Plot} rates=${rates} />
	<//>`;
}

function Status({ status }) {
	const looks = status === undefined || status === 429 ? 'warn' : status < 400 ? 'good' : 'bad';
	return html`<span class=${`chip status number ${looks}`}>${status ?? '–'}</span>`;
}

/** The latest requests with what became of them. */
export function Requests({ requests, total }) {
	return html`<${Card} id="requests" title="Recent requests" note=${`${shown(total)} in all`}>
		<div class="scroll" tabindex="0">
			${requests.length === 0 && html`<${Nothing}>No requests yet.<//>`}
			${requests.map(
				({ status, method, path, fault, service, durationMs, at }) =>
					html`<div class="row">
						<${Status} status=${status} />
						<div class="grow ellipsis mono" title=${path}>${method} ${path}</div>
						${fault && html`<span class="chip warn">fault: ${fault}</span>`}
						<span class="soft spare">${service === 'braze' ? 'Braze' : 'Voucherify'}</span>
						<span class="number soft spare">${durationMs === undefined ? '' : `${durationMs} ms`}</span
						><${Time} at=${at} />
					</div>`,
			)}
		</div>
	<//>`;
}
