/** What a receiver gets: a project's webhooks, a distribution's messages, or a distribution's bare payloads. */
export type WebhookKind = 'project' | 'distribution' | 'raw';

/** A receiver of webhooks. */
export interface WebhookTarget {
	readonly id: string;
	readonly kind: WebhookKind;
	url: string;
	/** Of a distribution, what its maker typed; it becomes the envelope's `type`. */
	readonly name: string;
	/** Types of events; all of its kind when undefined. */
	events: readonly string[] | undefined;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** False once the last try of a delivery has failed. */
	active: boolean;
}

/** Whether the target wants to hear of an event. */
export function listens(target: WebhookTarget, event: { type: string; audience: string }): boolean {
	const audience = target.kind === 'project' ? 'project' : 'distribution';
	return (
		target.active &&
		audience === event.audience &&
		(target.events === undefined || target.events.includes(event.type))
	);
}
