import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import type { VoucherifyEvent } from './event.mts';
import { WebhookDelivery } from './webhook-delivery.mts';
import { listens, type WebhookKind, type WebhookTarget } from './webhook-target.mts';

/** Deliveries on the wire at the same moment. */
const CONCURRENCY = 16;
/** Deliveries that are remembered. */
const REMEMBERED = 1_000;

/** Tells receivers about events: signed, with a time limit, and again when they fail. */
export class Webhooks {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #secret: string;
	readonly projectId: string;
	readonly #stop = new AbortController();
	#targets: WebhookTarget[] = [];
	#deliveries: WebhookDelivery[] = [];
	readonly #queue: WebhookDelivery[] = [];
	#running = 0;
	#settled: (() => void)[] = [];

	readonly #emitted: (event: VoucherifyEvent) => void;

	/** @param emitted is told about every event, whether somebody listens to it or not */
	constructor(
		clock: Clock,
		random: Random,
		secret: string,
		emitted: (event: VoucherifyEvent) => void = () => undefined,
	) {
		this.#clock = clock;
		this.#emitted = emitted;
		this.#random = random;
		this.#secret = secret;
		this.projectId = random.id('proj_', 8);
	}

	get targets(): readonly WebhookTarget[] {
		return this.#targets;
	}

	/** The latest deliveries, oldest first. */
	get deliveries(): readonly WebhookDelivery[] {
		return this.#deliveries;
	}

	/** Adds a receiver. */
	addTarget(
		kind: WebhookKind,
		url: string,
		name = 'Distribution',
		events?: readonly string[],
	): WebhookTarget {
		const id = this.#random.id(kind === 'project' ? 'wh_' : 'distr_');
		const createdAt = this.#clock.millis();
		const target: WebhookTarget = { id, kind, url, name, events, createdAt, active: true };
		this.#targets.push(target);
		return target;
	}

	/** Removes a receiver; what is on its way to it is not tried again. */
	removeTarget(id: string): void {
		for (const target of this.#targets) if (target.id === id) target.active = false;
		this.#targets = this.#targets.filter((target) => target.id !== id);
	}

	/** Sends an event to everybody who listens to it. */
	emit(event: VoucherifyEvent): void {
		this.#send(event);
		this.#emitted(event);
	}

	#send(event: VoucherifyEvent): void {
		const targets = this.#targets.filter((target) => listens(target, event));
		if (targets.length === 0) return;
		const data = event.data();
		const createdAt = this.#clock.now().toISOString();
		const eventHead = {
			id: this.#random.id(event.idPrefix),
			type: event.type,
			created_at: createdAt,
			entity_id: event.entityId,
			group_id: this.#random.id('v-', 18),
			event_source: { channel: 'API', api_key: { name: 'Sandbox' } },
		};
		for (const target of targets) {
			const id = this.#random.id('whs_');
			const envelope = {
				id,
				project_id: this.projectId,
				created_at: createdAt,
				type: target.kind === 'project' ? event.type : target.name,
				data,
				source: {
					id: target.id,
					object: target.kind === 'project' ? 'webhook' : 'distribution',
					target_url: target.url,
				},
				event: eventHead,
			};
			const body = JSON.stringify(target.kind === 'raw' ? data : envelope);
			this.#start(new WebhookDelivery(id, event.type, target, body));
		}
	}

	/** Resolves once no delivery is waiting or on the wire; those that wait for a later try do not count. */
	async settled(): Promise<void> {
		if (this.#running === 0 && this.#queue.length === 0) return;
		await new Promise<void>((resolve) => this.#settled.push(resolve));
	}

	/** Ends deliveries that are on the wire, for good. */
	close(): void {
		this.#queue.length = 0;
		this.#stop.abort();
	}

	#start(delivery: WebhookDelivery): void {
		this.#deliveries.push(delivery);
		if (this.#deliveries.length >= 2 * REMEMBERED) this.#deliveries = this.#deliveries.slice(-REMEMBERED);
		this.#enqueue(delivery);
	}

	#enqueue(delivery: WebhookDelivery): void {
		this.#queue.push(delivery);
		if (this.#running < CONCURRENCY) void this.#work();
	}

	async #work(): Promise<void> {
		this.#running++;
		for (let delivery = this.#queue.shift(); delivery !== undefined; delivery = this.#queue.shift()) {
			const current = delivery;
			if (!current.target.active) continue;
			await current.attempt(this.#clock, this.#secret, this.#stop.signal, () => this.#enqueue(current));
		}
		this.#running--;
		if (this.#running > 0) return;
		for (const resolve of this.#settled) resolve();
		this.#settled = [];
	}
}
