import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { Failure, InvalidInput } from '../common/failure';
import { listed } from '../common/listed';
import { asRecord, isRecord } from '../common/record';
import { ApiClient } from '../common/request';
import { path } from '../common/urlPath';
import { ANY_EVENT, EVENT_TYPES, REGISTRABLE } from './eventTypes';
import { managementApi } from './managementApi';
import { forget, remember, secretOfCredential } from './webhookSetup';

/** Somebody is waiting for the workflow to be activated. */
const SETTINGS = { tries: 3, longestWait: 10_000, timeout: 20_000, perMinute: 0 };

/**
 * Whether Voucherify already sends exactly the chosen events here. It is asked rather than remembered: n8n may lose what a workflow
 * keeps, and people delete and change webhooks in Voucherify.
 * @throws {Failure} when the events can't be registered, or Voucherify doesn't answer as it should
 */
export async function isRegistered(functions: IHookFunctions): Promise<boolean> {
	const wanted = chosenEvents(functions);
	const project = await open(functions);
	const [webhook] = await project.webhooks();
	if (webhook?.active !== true || !isSame(wanted, listed(webhook.events))) return false;
	await project.learnSecret();
	return true;
}

/** Registers the chosen events for this workflow's URL, in the webhook that has it already or in a new one. Throws like `isRegistered`. */
export async function register(functions: IHookFunctions): Promise<void> {
	const events = [...chosenEvents(functions)];
	const project = await open(functions);
	// Before anything is registered: deliveries that can't be verified are of no use.
	await project.learnSecret();
	const [webhook] = await project.webhooks();
	const body = { target_url: project.target, events, active: true };
	const { client, id } = project;
	if (webhook === undefined) {
		await client.send({ method: 'POST', path: path`/management/v1/projects/${id}/webhooks`, body });
	} else {
		await client.send({
			method: 'PUT',
			path: path`/management/v1/projects/${id}/webhooks/${String(webhook.id)}`,
			body,
			repeatable: true,
		});
	}
}

/** Removes what is registered for this workflow's URL; webhooks of other workflows stay. Throws what Voucherify answers, but that there is none. */
export async function unregister(functions: IHookFunctions): Promise<void> {
	const project = await open(functions);
	for (const webhook of await project.webhooks()) {
		await project.client.send({
			method: 'DELETE',
			path: path`/management/v1/projects/${project.id}/webhooks/${String(webhook.id)}`,
			repeatable: true,
			accept: ['not_found'],
		});
	}
	forget(functions);
}

/** The project of the credential, and this workflow's place in it. */
class Project {
	constructor(
		private readonly functions: IHookFunctions,
		readonly client: ApiClient,
		readonly id: string,
		/** Where n8n takes webhooks for this workflow, or for its test. */
		readonly target: string,
	) {}

	/** The webhooks that go to this workflow: one, or several when an answer got lost. */
	async webhooks(): Promise<readonly IDataObject[]> {
		const { body } = await this.client.send({
			method: 'GET',
			path: path`/management/v1/projects/${this.id}/webhooks`,
		});
		const webhooks: unknown = asRecord(body)?.data;
		if (!Array.isArray(webhooks)) {
			throw new Failure({ message: `${managementApi.name} gave no list of webhooks` });
		}
		return webhooks.filter(isRecord).filter(({ target_url }) => target_url === this.target);
	}

	/** Asks for the secret that signs the project's webhooks, unless the credential holds it. */
	async learnSecret(): Promise<void> {
		if ((await secretOfCredential(this.functions)) !== '') return;
		const { body } = await this.client.send({
			method: 'GET',
			path: path`/management/v1/projects/${this.id}`,
		});
		const secret = asRecord(body)?.webhook_token;
		if (typeof secret === 'string' && secret !== '') return remember(this.functions, secret);
		throw new Failure({
			message: 'Voucherify does not give out the signing secret of this project',
			description:
				'Copy it from Project Settings → Webhooks in Voucherify into the field "Webhook Signing Secret" of the Voucherify Management credential. Without it anybody could start this workflow.',
		});
	}
}

async function open(functions: IHookFunctions): Promise<Project> {
	const { projectId } = await functions.getCredentials(managementApi.credentialType);
	const target = functions.getNodeWebhookUrl('default');
	if (target === undefined) throw new Failure({ message: 'n8n has no webhook URL for this workflow' });
	return new Project(
		functions,
		new ApiClient(functions, managementApi, SETTINGS),
		String(projectId).trim(),
		target,
	);
}

/** @throws {InvalidInput} for events that no webhook can be registered for */
function chosenEvents(functions: IHookFunctions): ReadonlySet<string> {
	const chosen = listed(functions.getNodeParameter('events', []));
	const impossible = chosen.filter((type) => type !== ANY_EVENT && !REGISTRABLE.includes(type));
	if (impossible.length > 0) {
		throw new InvalidInput(
			'Events',
			`holds what can't be registered, because project webhooks don't send it: ${impossible.map(nameOf).join(', ')}`,
			'Remove it here. Distributions, which send it, have no API: use a second Voucherify Trigger with "Webhook Setup" set to "Manual" for it; in Voucherify, open Distributions, create one for the event, choose the webhook channel, and paste the Production URL of that trigger.',
		);
	}
	if (chosen.length === 0) {
		throw new InvalidInput('Events', 'is empty', 'Choose what starts the workflow.');
	}
	return new Set(chosen.includes(ANY_EVENT) ? REGISTRABLE : chosen);
}

function nameOf(type: string): string {
	return EVENT_TYPES.find((known) => known.type === type)?.name ?? type;
}

function isSame(wanted: ReadonlySet<string>, registered: readonly string[]): boolean {
	return wanted.size === new Set(registered).size && registered.every((type) => wanted.has(type));
}
