// What the editor has to show and do, tried by clicking through it as somebody new to the nodes does.
import axios from 'axios';
import type { Check } from '../../scripts/checks/checks.mts';
import { reasonOf } from '../../scripts/progress.mts';
import { sandboxServices, saveServices, type CredentialReferences } from '../../scripts/start/connection.mts';
import { checkDelivery } from '../../scripts/start/delivery.mts';
import type { SandboxAddresses } from '../../scripts/start/sandbox-process.mts';
import { readDelivery } from '../../scripts/start/sandbox-state.mts';
import { readTemplates, withCredentials } from '../../scripts/start/templates.mts';
import type { N8nClient } from '../../scripts/start/n8n-client.mts';
import { until } from '../deployment/until.mts';
import type { Editor } from './editor.mts';
import { expect } from './expect.mts';
import { noPictures, workflowsShown, type Pictures } from './pictures.mts';

/** Customers of the sandbox. */
export const CUSTOMERS = 20;
/** Codes of the sandbox's campaign "Last Codes". */
const LAST_CODES = 3;
/** Entries of a page of a list. */
const PAGE = 100;
const WRONG_KEY = 'a-wrong-key-that-must-not-show';
const TIMEOUT_MS = 60_000;

/** What the promises are tried in. */
export interface World {
	readonly projectFolder: string;
	readonly packageName: string;
	readonly client: N8nClient;
	readonly sandbox: SandboxAddresses;
	readonly editor: Editor;
	readonly pictures: Pictures;
	/** Where the picture of what failed is to lie. */
	readonly failureFile: (title: string) => string;
}

/** A window in which n8n shows two rows of nodes below a note without making them smaller. */
const ROOM_TO_READ = { width: 1280, height: 960 };
const MANUAL_TRIGGER = 'When clicking ‘Execute workflow’';

/** Both credentials as the newcomer's own are named, whatever became of making them by hand. */
async function credentialsOf({ client, sandbox }: World): Promise<CredentialReferences> {
	const names = { voucherifyApi: 'Voucherify account', brazeApi: 'Braze account' };
	return await saveServices(client, sandboxServices(sandbox), names);
}

async function findsNodesBySearch({ editor, pictures }: World): Promise<string> {
	await editor.newWorkflow();
	await editor.openNodeCreator();
	const expected = {
		voucher: ['Voucherify'],
		voucherify: ['Voucherify'],
		braze: ['Braze'],
		'promo code': ['Braze', 'Voucherify'],
		coupon: ['Braze', 'Voucherify'],
		'gift card': ['Voucherify'],
		loyalty: ['Voucherify'],
	};
	for (const [words, nodes] of Object.entries(expected)) {
		await editor.search(words, nodes);
		if (words === 'promo code') await pictures.take('search');
	}
	return '';
}

/** A credential type, the fields of its form, and the field whose wrong value its test has to notice. */
interface CredentialForm {
	readonly type: string;
	readonly service: string;
	readonly choice: string;
	readonly fields: Readonly<Record<string, string>>;
	readonly secret: string;
}

function credentialForms({ voucherify, braze }: SandboxAddresses): readonly CredentialForm[] {
	const { url: baseUrl, applicationId, secretKey, webhookSecret } = voucherify;
	const { managementId, managementToken, projectId } = voucherify;
	return [
		{
			type: 'Voucherify API',
			service: 'Voucherify',
			choice: 'region',
			fields: { baseUrl, applicationId, secretKey, webhookSecret },
			secret: 'secretKey',
		},
		{
			type: 'Voucherify OAuth2 API',
			service: 'Voucherify',
			choice: 'region',
			fields: { baseUrl, applicationId, secretKey },
			secret: 'secretKey',
		},
		{
			type: 'Voucherify Management API',
			service: 'Voucherify',
			choice: 'region',
			fields: { baseUrl, managementId, managementToken, projectId },
			secret: 'managementToken',
		},
		{
			type: 'Braze API',
			service: 'Braze',
			choice: 'instance',
			fields: { baseUrl: braze.url, apiKey: braze.apiKey, webhookSecret: braze.webhookSecret },
			secret: 'apiKey',
		},
	];
}

async function makesCredential(world: World, wanted: CredentialForm): Promise<string[]> {
	const { editor, pictures } = world;
	const form = await editor.newCredential(wanted.type);
	const field = (name: string) => form.getByTestId(`parameter-input-${name}`).locator('input');
	await editor.pick(form.getByTestId(`parameter-input-${wanted.choice}`), 'Other (Own URL)');
	for (const [name, value] of Object.entries(wanted.fields)) {
		await field(name).fill(name === wanted.secret ? WRONG_KEY : value);
	}
	const refusal = await editor.saveRefusedCredential(form);
	if (wanted.type === 'Braze API') await pictures.take('credential-refused');
	await field(wanted.secret).fill(wanted.fields[wanted.secret] ?? '');
	await editor.saveCredential(form);
	const findings = [
		...(refusal.includes(`${wanted.service} `) ? [] : [`does not say what is wrong: ${refusal}`]),
		...(refusal.includes(WRONG_KEY) ? ['shows the wrong key.'] : []),
	];
	return findings.map((finding) => `${wanted.type} ${finding}`);
}

async function testsCredentials(world: World): Promise<string> {
	const findings: string[] = [];
	for (const form of credentialForms(world.sandbox)) findings.push(...(await makesCredential(world, form)));
	return findings.join('\n');
}

async function buildsDistribution(world: World): Promise<string> {
	const { editor, pictures, sandbox } = world;
	// n8n presets the credential that was changed last.
	await credentialsOf(world);
	await editor.newWorkflow();
	await editor.addNode('manual', 'Manual Trigger');
	await editor.addNode('voucher', 'Voucherify', 'Get the members of a segment');
	await editor.openList('segment');
	await editor.searchList('all cust');
	await editor.pickListed('All customers');
	await editor.execute();
	await editor.expectItems(CUSTOMERS);
	await editor.closeDetails();
	await expect(editor.nodes, 'get members: segment');

	await editor.addNode('promo code', 'Voucherify', 'Create a publication');
	await editor.openList('campaign');
	await editor.searchList('summer sale');
	await editor.pickListed('Summer Sale 20%');
	await editor.dragInput('.source_id', editor.locator('customer'));
	await expect(editor.form, 'customer-000001');
	await editor.execute();
	await editor.expectItems(CUSTOMERS);
	await expect(editor.hints, `${CUSTOMERS} items in`);
	await pictures.take('publication');
	await editor.closeDetails();

	await editor.addNode('braze', 'Braze', 'Track users');
	await editor.pick(editor.field('attributesFrom'), 'Picked Fields');
	await editor.addMappedField('loyalty_points');
	await editor.field('loyalty_points').locator('input').fill('7');
	await editor.addMappedField('voucherify_code');
	await editor.dragInput('.voucher.code', editor.field('voucherify_code'));
	await expect(editor.form, 'SUMMER-');
	await editor.execute();
	await editor.expectItems(CUSTOMERS);
	await expect(editor.hints, `${2 * CUSTOMERS} data points`);
	await pictures.take('mapping');
	const { braze, voucherify } = await readDelivery(sandbox);
	const mapped = braze.users.filter(
		({ external_id: id, custom_attributes: { loyalty_points: points, voucherify_code: code } }) =>
			points === 7 &&
			voucherify.publications.some(
				({ customerSourceId, codes }) => customerSourceId === id && codes.some((own) => own === code),
			),
	);
	await editor.pick(editor.field('attributesFrom'), 'Voucherify Incentive');
	await expect(editor.form, 'voucherify_qr_url');
	await pictures.take('incentive');
	await editor.closeDetails();
	await editor.executeWorkflow([
		MANUAL_TRIGGER,
		'Get the members of a segment',
		'Create a publication',
		'Track users',
	]);
	const delivery = checkDelivery(await readDelivery(sandbox));
	return [
		...(mapped.length === CUSTOMERS ? [] : [`${mapped.length} profiles have what was mapped.`]),
		...(delivery.profiles === CUSTOMERS ? [] : [`${delivery.profiles} profiles have a code.`]),
		...delivery.problems,
	].join('\n');
}

async function runsFirstTemplate(world: World): Promise<string> {
	const { editor, client, pictures, projectFolder, packageName, sandbox } = world;
	const [first] = await readTemplates(`${projectFolder}/workflows`);
	if (first === undefined) return 'There is no template.';
	const ready = withCredentials(first.workflow, packageName, await credentialsOf(world));
	const { id } = await client.createWorkflow(ready);
	await editor.openWorkflow(id);
	const nodes = ready.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map(({ name }) => name);
	await editor.executeWorkflow(nodes);
	await pictures.take('flow');
	await pictures.takeOf(sandbox.dashboard, 'result', 'Braze profiles', 'customer-0000');
	const { profiles, problems } = checkDelivery(await readDelivery(sandbox));
	return [...(profiles === CUSTOMERS ? [] : [`${profiles} profiles have a code.`]), ...problems].join('\n');
}

/** A node of a workflow as n8n keeps it, that many steps from the left. */
const placed = (name: string, type: string, step: number, parameters: object, credentials = {}) => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [240 * step, 0],
	parameters,
	credentials,
});

async function explainsBadRows(world: World): Promise<string> {
	const { editor, client, packageName, pictures } = world;
	const credentials = await credentialsOf(world);
	const voucherify = (name: string, step: number, parameters: object) =>
		placed(name, `${packageName}.voucherify`, step, parameters, {
			voucherifyApi: credentials.voucherifyApi,
		});
	const listed = (value: string, mode: string) => ({ __rl: true, mode, value });
	const connected = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { id } = await client.createWorkflow({
		name: 'More customers than codes',
		nodes: [
			placed('Start', 'n8n-nodes-base.manualTrigger', 0, {}),
			voucherify('Members', 1, {
				resource: 'segment',
				operation: 'getMembers',
				segment: listed('All customers', 'name'),
			}),
			voucherify('Publish', 2, {
				resource: 'publication',
				operation: 'create',
				campaign: listed('Last Codes', 'name'),
				customer: listed('={{ $json.source_id }}', 'sourceId'),
			}),
		],
		connections: { Start: connected('Members'), Members: connected('Publish') },
	});
	await editor.openWorkflow(id);
	await editor.openDetails('Publish');
	await editor.execute('danger');
	await expect(editor.output, /Last Codes|no .*codes? left|item \d+/i);
	const stopped = await editor.output.innerText();
	await pictures.take('bad-row');
	await editor.settings();
	await editor.pick(editor.details.getByTestId('parameter-input-onError'), 'Continue (using error output)');
	await editor.execute();
	await expect(editor.output, new RegExp(`Success Branch \\(${LAST_CODES} items\\)`));
	await expect(editor.output, new RegExp(`Error Branch \\(${CUSTOMERS - LAST_CODES} items\\)`));
	return /item \d+/i.test(stopped) ? '' : `The error does not say at which item: ${stopped}`;
}

async function showsTemplates(world: World): Promise<string> {
	const { editor, client, packageName, pictures, projectFolder } = world;
	const credentials = await credentialsOf(world);
	const templates = await readTemplates(`${projectFolder}/workflows`);
	const findings: string[] = [];
	const before = editor.page.viewportSize();
	await editor.page.setViewportSize(ROOM_TO_READ);
	for (const name of await workflowsShown(`${projectFolder}/docs`)) {
		const template = templates.find(({ file }) => file === `${name}.json`);
		if (template === undefined) return `A page shows ${name}, which is no workflow.`;
		const ready = withCredentials(template.workflow, packageName, credentials);
		const { id } = await client.createWorkflow(ready);
		await editor.openWorkflow(id);
		await pictures.take(name, await editor.drawn());
		findings.push(...(await editor.cutNotes()).map((note) => `${name}: a note is cut: ${note}`));
	}
	if (before !== null) await editor.page.setViewportSize(before);
	return findings.join('\n');
}

async function listsPageAndSearch(world: World): Promise<string> {
	const { editor, client, packageName, sandbox } = world;
	const { webhookSecret: _, ...keys } = sandboxServices(sandbox).voucherifyApi;
	// With tokens, which are asked for in a form: not every Node.js takes what another does.
	const name = 'Tokens';
	const voucherifyOAuth2Api = {
		id: await client.saveCredential('voucherifyOAuth2Api', name, { ...keys, scopes: ['api'] }),
		name,
	};
	const { id } = await client.createWorkflow({
		name: 'Lists',
		nodes: [
			placed(
				'Voucher',
				`${packageName}.voucherify`,
				0,
				{
					authentication: 'oAuth2',
					resource: 'voucher',
					operation: 'get',
					voucher: { __rl: true, mode: 'list', value: '' },
				},
				{ voucherifyOAuth2Api },
			),
		],
		connections: {},
	});
	await editor.openWorkflow(id);
	await editor.openDetails('Voucher');
	await editor.openList('voucher');
	await editor.listed.nth(PAGE - 1).waitFor();
	const [first = ''] = await editor.listed.allInnerTexts();
	await editor.scrollListToEnd();
	await editor.listed.nth(2 * PAGE - 1).waitFor();
	const code = first.split(' ')[0] ?? '';
	await editor.searchList(code);
	await expect(editor.listed, first);
	await editor.pickListed(first);
	await editor.execute();
	await expect(editor.output, code);
	await editor.locateBy('voucher', 'By Code', 'NO-SUCH-CODE');
	// The editor takes what is typed a moment later, and keeps it by itself.
	const isTaken = async () => JSON.stringify((await client.getWorkflow(id)).nodes).includes('NO-SUCH-CODE');
	await until('The editor has not taken the code', TIMEOUT_MS, isTaken);
	await editor.execute('danger');
	await expect(editor.output, 'NO-SUCH-CODE');
	return '';
}

async function publishedTo(sandbox: SandboxAddresses, customer: string): Promise<void> {
	const { url, applicationId, secretKey } = sandbox.voucherify;
	await axios.post(
		`${url}/v1/publications`,
		{ campaign: { name: 'Free Coffee', count: 1 }, customer: { source_id: customer } },
		{ headers: { 'X-App-Id': applicationId, 'X-App-Token': secretKey } },
	);
}

async function sendWebhooksTo({ voucherify }: SandboxAddresses, url: string): Promise<void> {
	await axios.post(`${voucherify.url}/_sandbox/webhooks`, { url, events: ['publication.succeeded'] });
}

async function hearsSignedEvents(world: World): Promise<string> {
	const { editor, client, sandbox, pictures } = world;
	await credentialsOf(world);
	await editor.newWorkflow();
	await editor.addNode('voucher', 'Voucherify', 'On publication succeeded');
	await editor.details.waitFor();
	// n8n takes some fields that decide on credentials out of the form.
	await editor.field('webhookSetup').waitFor();
	const testUrl = await editor.webhookUrl('Test URL');
	await sendWebhooksTo(sandbox, testUrl);
	await editor.listen();
	await publishedTo(sandbox, 'e2e-test-url');
	await editor.output.getByTestId('node-run-status-success').waitFor();
	await expect(editor.output, 'e2e-test-url');
	await pictures.take('voucherify-trigger');
	const url = await editor.webhookUrl('Production URL');
	await editor.closeDetails();
	const id = await editor.workflowId();
	await editor.publish();
	await sendWebhooksTo(sandbox, url);
	await publishedTo(sandbox, 'e2e-production-url');
	const heard = async () =>
		(await client.executionsOf(id)).some(({ mode, status }) => mode === 'webhook' && status === 'success');
	await until('A published code has started no execution', TIMEOUT_MS, heard);
	const forged = await axios.post(url, { type: 'publication.succeeded' }, { validateStatus: () => true });
	return forged.status === 401 ? '' : `A call without signature is answered with ${forged.status}.`;
}

async function showsTextToPaste(world: World): Promise<string> {
	const { editor, pictures } = world;
	await credentialsOf(world);
	await editor.newWorkflow();
	await editor.addNode('braze', 'Braze', 'On new Braze event');
	const wanted = [
		['Any Webhook', 'email_address', 'dispatch_id', 'user_id'],
		['Audience Sync', '"action"', 'audience_id', 'user_id'],
		['Connected Content Request', 'connected_content', 'x-braze-secret', ':save', 'abort_message'],
		['Custom Event', '"event"', '"properties"', 'user_id'],
	] as const;
	const findings: string[] = [];
	for (const [receive, ...parts] of wanted) {
		await editor.pick(editor.field('receive'), receive);
		for (const sentFrom of ['Canvas', 'Campaign']) {
			await editor.pick(editor.field('sentFrom'), sentFrom);
			const area = editor.form.locator('[data-test-id^=parameter-input-paste] textarea');
			const text = await area.inputValue();
			const missing = [...parts, sentFrom === 'Canvas' ? '{{canvas.$' : '{{campaign.$'].filter(
				(part) => !text.includes(part),
			);
			if (missing.length > 0)
				findings.push(`${receive} from a ${sentFrom} lacks ${missing.join(', ')}: ${text}`);
		}
		if (receive === 'Connected Content Request') await pictures.take('braze-trigger');
	}
	return findings.join('\n');
}

async function servesAsTool(world: World): Promise<string> {
	const { editor, client, packageName } = world;
	await credentialsOf(world);
	await editor.newWorkflow();
	await editor.addNode('AI Agent', 'AI Agent');
	await editor.closeDetails();
	await editor.addTool('braze', 'Braze Tool');
	await expect(editor.form, 'Tool Description');
	await expect(editor.form, 'External ID');
	await editor.letModelFill('externalId');
	await editor.closeDetails();
	const id = await editor.workflowId();
	// The address has the workflow's id before n8n keeps it.
	const isKept = async () => (await client.listWorkflows()).some((workflow) => workflow.id === id);
	const asksTheModel = async () =>
		(await isKept()) &&
		(await client.getWorkflow(id)).nodes.some(
			(node) => node.type === `${packageName}.brazeTool` && JSON.stringify(node).includes('$fromAI('),
		);
	await until('No tool of the agent asks the model for the external ID', TIMEOUT_MS, asksTheModel);
	return '';
}

/** The promises, in the order in which they are tried. */
export function promises(world: World): readonly Check[] {
	const check = (title: string, run: (shared: World) => Promise<string>): Check => ({
		title,
		run: async () => {
			const findings = await run(world).catch(reasonOf);
			if (findings === '') return '';
			const file = world.failureFile(title);
			await world.editor.page.screenshot({ path: file });
			return `${findings}\n\nWhat the browser showed: ${file}`;
		},
	});
	return [
		check('Searching for voucher, braze, promo code or coupon finds the nodes', findsNodesBySearch),
		check('Each credential says when a key is wrong, and never shows it', testsCredentials),
		check('A distribution is built and run from nothing by clicking', buildsDistribution),
		check('The first template runs by one click and delivers every code', runsFirstTemplate),
		// Opening them takes a minute, which only those who want the pictures spend.
		...(world.pictures === noPictures
			? []
			: [check('The workflows of the pages open with their whole notes in sight', showsTemplates)]),
		check('A row that cannot get a code says so, and the others go on', explainsBadRows),
		check('A list pages, searches and can be passed by, with tokens too', listsPageAndSearch),
		check('The trigger hears signed events at its Test URL and when published', hearsSignedEvents),
		check('The Braze Trigger shows the whole text to paste into Braze', showsTextToPaste),
		check('The Braze node serves as a tool of an AI agent', servesAsTool),
	];
}
