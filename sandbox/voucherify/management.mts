import { readBody, textIn, wrongPayload } from './body.mts';
import { notFound, VoucherifyError } from './errors.mts';
import { PROJECT_EVENTS } from './project-events.mts';
import type { WebhookTarget } from './webhook-target.mts';
import type { Webhooks } from './webhooks.mts';

/** The project that is managed. */
export interface ManagedProject {
	readonly id: string;
	readonly createdAt: number;
	readonly webhookSecret: string;
}

/** What the Management API manages of the one project: its webhooks. */
export class Management {
	readonly #project: ManagedProject;
	readonly #webhooks: Webhooks;
	/** Whether the plan includes the Management API. */
	isIncluded: boolean;

	constructor(project: ManagedProject, webhooks: Webhooks, isIncluded: boolean) {
		this.#project = project;
		this.#webhooks = webhooks;
		this.isIncluded = isIncluded;
	}

	/** The webhooks of the project with this id. Throws 402 `missing_required_feature` without the plan, or 404. */
	webhooksOf(projectId: string): readonly WebhookTarget[] {
		this.#check(projectId);
		return this.#webhooks.targets.filter(({ kind }) => kind === 'project');
	}

	/** Throws like `webhooksOf`. */
	webhook(projectId: string, webhookId: string): WebhookTarget {
		const webhook = this.webhooksOf(projectId).find(({ id }) => id === webhookId);
		if (webhook === undefined) throw notFound('webhook', webhookId);
		return webhook;
	}

	/** Registers a webhook. Throws like `webhooksOf`, or 400. */
	add(projectId: string, body: unknown): WebhookTarget {
		this.#check(projectId);
		const { url, events, active } = readWebhook(body);
		const webhook = this.#webhooks.addTarget('project', url, undefined, events);
		webhook.active = active ?? true;
		return webhook;
	}

	/** Puts the body's properties in the place of the webhook's. Throws 400. */
	replace(webhook: WebhookTarget, body: unknown): void {
		const { url, events, active } = readWebhook(body);
		webhook.url = url;
		webhook.events = events;
		webhook.active = active ?? webhook.active;
	}

	remove(webhook: WebhookTarget): void {
		this.#webhooks.removeTarget(webhook.id);
	}

	/** The project with the secret that signs its webhooks. Throws like `webhooksOf`. */
	project(projectId: string): Record<string, unknown> {
		this.#check(projectId);
		const { id, createdAt, webhookSecret } = this.#project;
		return {
			id,
			name: 'Sandbox',
			timezone: 'Etc/GMT',
			currency: 'EUR',
			webhook_version: 'v2024-01-01',
			webhook_token: webhookSecret,
			created_at: new Date(createdAt).toISOString(),
			object: 'project',
		};
	}

	#check(projectId: string): void {
		if (!this.isIncluded) {
			const details = 'The Management API is part of the Enterprise plan';
			throw new VoucherifyError(402, 'missing_required_feature', 'Missing required feature', details);
		}
		if (projectId !== this.#project.id) throw notFound('project', projectId);
	}
}

/** The webhook as the Management API shows it. */
export function toWebhook({ id, createdAt, url, events, active }: WebhookTarget): Record<string, unknown> {
	return {
		id,
		object: 'webhook',
		created_at: new Date(createdAt).toISOString(),
		target_url: url,
		events: events ?? PROJECT_EVENTS,
		active,
	};
}

function readWebhook(given: unknown): { url: string; events: string[]; active: boolean | undefined } {
	const body = readBody(given);
	const url = textIn(body, 'target_url');
	if (url === undefined || !/^https?:/.test(url) || !URL.canParse(url)) {
		throw wrongPayload('Property .target_url should be a URL');
	}
	const { events, active } = body;
	if (!Array.isArray(events) || events.length === 0) {
		throw wrongPayload('Property .events should be an array of at least one type of event');
	}
	const unknown = events.find((type) => typeof type !== 'string' || !PROJECT_EVENTS.includes(type));
	if (unknown !== undefined) throw wrongPayload(`Property .events cannot contain ${String(unknown)}`);
	if (active !== undefined && typeof active !== 'boolean')
		throw wrongPayload('Property .active should be a boolean');
	return { url, events: [...new Set(events.map(String))], active };
}
