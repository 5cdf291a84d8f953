/** What the page does: it asks for the summary once a second and redraws the parts that have changed. */
export const SCRIPT = /* JavaScript */ `
'use strict';
const number = new Intl.NumberFormat('en');
const drawn = new Map();

// Everything from the services becomes text, never markup.
function element(tag, className, ...children) {
	const made = document.createElement(tag);
	if (className) made.className = className;
	made.append(...children.filter((child) => child !== undefined && child !== null));
	return made;
}

function draw(id, data, build) {
	const text = JSON.stringify(data);
	if (drawn.get(id) === text) return;
	drawn.set(id, text);
	document.getElementById(id).replaceChildren(...build(data));
}

function label(id, text) {
	document.getElementById(id).textContent = text;
}

function time(iso) {
	return element('span', 'when', new Date(iso).toLocaleTimeString('en-GB'));
}

function nothing(text) {
	return [element('div', 'nothing', text)];
}

function tile(count, name) {
	return element('div', 'tile', element('b', '', number.format(count)), element('span', '', name));
}

function stockOf(entry) {
	if (entry.kind === 'promotion') return element('span', 'number soft', 'needs no codes');
	if (entry.codes === null) return element('span', 'number soft', number.format(entry.published) + ' published');
	const left = entry.codes - entry.published;
	if (left === 0) return element('span', 'number chip bad', 'no codes left');
	return element('span', 'number soft', number.format(left) + ' of ' + number.format(entry.codes) + ' left');
}

function campaign(entry) {
	const filled = element('i');
	filled.style.width = entry.codes > 0 ? (100 * (entry.codes - entry.published)) / entry.codes + '%' : '0';
	return element('div', 'row', element('div', 'grow', element('span', '', entry.name + ' '),
		element('span', 'chip', entry.kind), entry.codes > 0 ? element('div', 'bar', filled) : null), stockOf(entry));
}

function publication(entry) {
	return element('div', 'row',
		element('div', 'grow ellipsis', element('span', '', entry.customer), element('span', 'soft', '  ' + entry.campaign)),
		...entry.codes.slice(0, 3).map((code) => element('code', 'chip code', code)),
		entry.codes.length > 3 ? element('span', 'soft', '+' + (entry.codes.length - 3)) : null,
		time(entry.at));
}

function attribute(entry) {
	const value = typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value);
	return element('div', 'mono', element('span', 'name', entry.name + ' '),
		element('span', entry.code ? 'chip code' : '', value),
		entry.code ? element('span', entry.code.holdsIt ? 'chip good' : 'chip bad',
			entry.code.holdsIt ? '✓ ' + entry.code.campaign : 'published to somebody else') : null);
}

function profile(entry) {
	const done = [];
	if (entry.events > 0) done.push(number.format(entry.events) + (entry.events === 1 ? ' event' : ' events'));
	if (entry.purchases > 0) done.push(number.format(entry.purchases) + (entry.purchases === 1 ? ' purchase' : ' purchases'));
	return element('div', 'profile',
		element('div', 'who', element('b', 'ellipsis', entry.user), element('span', 'soft ellipsis', entry.fields.join(' · ')),
			element('span', 'number soft', done.join(', ')), time(entry.at)),
		element('div', 'attributes', ...entry.attributes.map(attribute),
			entry.more > 0 ? element('span', 'soft', '+' + entry.more + ' more') : null));
}

function promotionList(entry) {
	return element('div', 'row', element('div', 'grow ellipsis', element('span', '', entry.name + ' '),
		element('span', 'soft mono', entry.first.join(', '))), element('span', 'number soft', number.format(entry.count) + ' codes'));
}

function request(entry) {
	const status = entry.status ?? '–';
	const looks = entry.status === undefined ? 'warn' : status < 400 ? 'good' : status === 429 ? 'warn' : 'bad';
	return element('div', 'row', element('span', 'chip status number ' + looks, String(status)),
		element('div', 'grow ellipsis mono', entry.method + ' ' + entry.path),
		entry.fault ? element('span', 'chip warn', 'fault: ' + entry.fault) : null,
		element('span', 'soft', entry.service === 'braze' ? 'Braze' : 'Voucherify'),
		element('span', 'number soft', entry.durationMs === undefined ? '' : entry.durationMs + ' ms'), time(entry.at));
}

function show({ voucherify, braze, requests }) {
	label('voucherify-url', voucherify.url);
	label('braze-url', braze.url);
	draw('tiles', [voucherify.published, voucherify.customers, braze.profiles, braze.counters, requests.total], () => [
		tile(voucherify.customers, 'customers'),
		tile(voucherify.published, 'publications'),
		tile(braze.profiles, 'Braze profiles'),
		tile(braze.counters.events, 'events tracked'),
		tile(braze.counters.dataPoints, 'data points'),
		tile(braze.counters.rejected + braze.dropped, 'refused or dropped'),
		tile(requests.total, 'requests')]);
	draw('campaigns', voucherify.campaigns, (all) => all.length ? all.map(campaign) : nothing('No campaigns yet.'));
	draw('publications', voucherify.publications, (all) => all.length ? all.map(publication) : nothing('Nobody has got a code yet. Run a workflow, and codes appear here.'));
	draw('profiles', braze.latestProfiles, (all) => all.length ? all.map(profile) : nothing('Braze has no profiles yet. They appear with the first tracked attribute or event.'));
	draw('requests', requests.latest, (all) => all.length ? all.map(request) : nothing('No requests yet.'));
	draw('promotion-lists', braze.promotionLists, (all) => all.map(promotionList));
	document.getElementById('promotion-lists-card').hidden = braze.promotionLists.length === 0;
	label('campaigns-note', number.format(voucherify.campaigns.length));
	label('publications-note', number.format(voucherify.published) + ' in all');
	label('profiles-note', number.format(braze.profiles) + ' in all');
	label('requests-note', number.format(requests.total) + ' in all');
}

async function refresh() {
	const live = document.getElementById('live');
	try {
		const summary = await (await fetch('/_sandbox/summary')).json();
		show(summary);
		live.textContent = 'live, ' + new Date(summary.now).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
		live.className = 'live';
	} catch {
		live.textContent = 'the sandbox does not answer';
		live.className = 'live lost';
	}
	setTimeout(refresh, 1000);
}
refresh();
`;
