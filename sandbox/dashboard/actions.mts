import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox.mts';
import { audiencesOf, exampleEventData } from '../voucherify/event-examples.mts';
import type { JsonObject } from '../voucherify/json.mts';
import { PROJECT_EVENTS } from '../voucherify/project-events.mts';

/** What the distributions of Voucherify's Braze integration start with; each has a button of its own. */
const INTEGRATION_EVENTS: readonly string[] = [
	'customer.segment.entered',
	'customer.segment.left',
	'customer.publication.succeeded',
	'customer.order.created',
	'customer.order.updated',
	'customer.order.paid',
	'customer.order.canceled',
	'customer.voucher.gift.balance_added',
	'customer.voucher.loyalty_card.points_added',
	'customer.rewarded.loyalty_points',
	'customer.redemption.succeeded',
	'customer.redemption.rollback.succeeded',
	'customer.reward_redemptions.completed',
	'customer.custom_event',
	'manual_distribution_schedule',
];

const MADE_HERE = 'window-customer-';

/** Events by the groups in which the page offers them. */
export const OFFERED_EVENTS = { distribution: INTEGRATION_EVENTS, project: PROJECT_EVENTS };

/** Routes behind the page's buttons, beside those of the control routes: events with data at hand, and customers that move between segments. */
export function registerActions(app: FastifyInstance, sandbox: Sandbox): void {
	const { state } = sandbox.voucherify;
	let made = 0;

	app.post<{ Body: { type?: string } }>('/_sandbox/window/events', ({ body: { type = '' } }, reply) => {
		if (![...INTEGRATION_EVENTS, ...PROJECT_EVENTS].includes(type))
			return reply.code(400).send({ message: `Voucherify has no event ${type}.` });
		const data = exampleEventData(type) ?? presentData(sandbox);
		// What the page lists under distributions goes to distributions even where a webhook of the project may hear of it too.
		const audiences = INTEGRATION_EVENTS.includes(type) ? (['distribution'] as const) : audiencesOf(type);
		for (const audience of audiences)
			state.webhooks.emit({ type, audience, idPrefix: 'evsandbox_', entityId: 'sandbox', data: () => data });
		const heard = state.webhooks.targets.filter(({ active }) => active).length;
		return reply.code(202).send({ type, receivers: heard });
	});

	app.post('/_sandbox/window/segments/enter', (_request, reply) => {
		const name = `${MADE_HERE}${++made}`;
		const customer = state.customers.upsert({
			source_id: name,
			name: `Window Customer ${made}`,
			email: `${name}@example.com`,
		});
		return reply.code(201).send({ customer: customer.sourceId, segments: segmentsOf(customer.id) });
	});

	app.post('/_sandbox/window/segments/leave', (_request, reply) => {
		const customer = state.customers.ordered.findLast(({ sourceId }) => sourceId?.startsWith(MADE_HERE));
		if (customer === undefined)
			return reply.code(409).send({ message: 'Let a customer enter first: only such a one can leave.' });
		const segments = segmentsOf(customer.id);
		state.customers.delete(customer);
		return reply.send({ customer: customer.sourceId, segments });
	});

	const segmentsOf = (id: string) =>
		state.segments.all
			.filter((segment) => segment.members.some((member) => member.id === id))
			.map(({ name }) => name);
}

/** Stands in for an official example where the descriptions of the API are not at hand: the latest publication, or a customer. */
function presentData({ voucherify: { state, url } }: Sandbox): JsonObject {
	const publication = state.publications.all.at(-1);
	if (publication !== undefined) {
		const whole: JsonObject = { ...publication.toPublication(url) };
		return whole;
	}
	const customer = state.customers.ordered[0];
	return customer === undefined ? {} : { customer: customer.toCustomer(url) };
}
