// n8n's editor, as somebody uses it: what they see and click. Waits on what shows, never on time.
import { expect } from './expect.mts';
import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../../scripts/start/n8n-client.mts';

/** Steps of a drag, so that the editor sees the pointer move. */
const DRAG_STEPS = 8;

/** Around what a picture of a canvas shows, in pixels. */
const ROOM = 24;
/** Names and subtitles stand below the nodes. */
const ROOM_FOR_NAMES = 60;

/** A page of n8n's editor. */
export class Editor {
	constructor(
		readonly page: Page,
		readonly url: string,
	) {}

	#id(id: string): Locator {
		return this.page.getByTestId(id);
	}

	/** Signs in through the form. */
	async signIn({ email, password }: Owner): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[name=emailOrLdapLoginId]').fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.#id('form-submit-button').click();
		await this.page.waitForURL(/\/(home|workflow)/);
	}

	/** Opens an empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.#id('canvas-add-button').waitFor();
	}

	/** Opens a workflow that n8n keeps. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.#id('canvas-node').first().waitFor();
	}

	/** Opens the list of nodes: of triggers on an empty canvas, else of what may follow the last node. */
	async openNodeCreator(): Promise<void> {
		const empty = this.#id('canvas-plus-button');
		const after = this.#id('canvas-handle-plus').last();
		await empty.or(after).first().click();
		await this.#id('node-creator-search-bar').waitFor();
	}

	/** Searches the list of nodes and waits until it shows each of these. */
	async search(words: string, nodes: readonly string[]): Promise<void> {
		await this.#id('node-creator-search-bar').fill(words);
		for (const node of nodes) await expect(this.#id('node-creator-item-name'), exactly(node));
	}

	/** The entry of that exact name in the list of nodes or actions. */
	entry(name: string): Locator {
		return this.#id('node-creator-item-name').filter({ hasText: exactly(name) });
	}

	/** Adds a node after the last one: searches, picks the node and, where it has several, the action. Its form opens unless it has none. */
	async addNode(words: string, node: string, action?: string): Promise<void> {
		await this.openNodeCreator();
		await this.#id('node-creator-search-bar').fill(words);
		await this.entry(node).click();
		if (action !== undefined) await this.entry(action).click();
	}

	/** The nodes on the canvas, each with its name and what it does. */
	get nodes(): Locator {
		return this.#id('canvas-node');
	}

	/** Where the nodes and notes of the canvas lie together, with what stands below them and room around. */
	async drawn(): Promise<{ x: number; y: number; width: number; height: number }> {
		const boxes = await Promise.all((await this.page.locator('.vue-flow__node').all()).map(boxOf));
		const left = Math.min(...boxes.map(({ x }) => x)) - ROOM;
		const top = Math.min(...boxes.map(({ y }) => y)) - ROOM;
		const right = Math.max(...boxes.map(({ x, width }) => x + width)) + ROOM;
		const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + ROOM + ROOM_FOR_NAMES;
		return { x: left, y: top, width: right - left, height: bottom - top };
	}

	/** Notes of the canvas whose text is longer than they are. */
	async cutNotes(): Promise<readonly string[]> {
		return await this.#id('sticky').evaluateAll((notes) =>
			notes
				.filter((note) =>
					[note, ...note.querySelectorAll('*')].some(
						({ scrollHeight, clientHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 2,
					),
				)
				.map(({ textContent }) => textContent ?? ''),
		);
	}

	/** The form of the open node. */
	get form(): Locator {
		return this.#id('node-parameters');
	}

	/** The whole window of the open node. */
	get details(): Locator {
		return this.#id('ndv');
	}

	/** What the open node gave. */
	get output(): Locator {
		return this.#id('output-panel');
	}

	/** The message boxes over the output. */
	get hints(): Locator {
		return this.output.getByTestId('run-data-hints');
	}

	/** A field of the open form, by its name. */
	field(name: string): Locator {
		return this.form.getByTestId(`parameter-input-${name}`);
	}

	/** A resource locator of the open form, by its name. */
	locator(name: string): Locator {
		return this.form.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input');
	}

	/** Opens the settings that every node of n8n has. */
	async settings(): Promise<void> {
		await this.details.getByTestId('tab-settings').click();
	}

	/** Adds a tool to the AI agent of the canvas. */
	async addTool(words: string, node: string): Promise<void> {
		const handle = this.#id('canvas-node-input-handle').filter({ hasText: exactly('Tool') });
		await handle.getByTestId('canvas-handle-plus').click();
		await this.#id('node-creator-search-bar').fill(words);
		await this.entry(node).click();
		await this.details.waitFor();
	}

	/** Lets the model of an AI agent fill a field. */
	async letModelFill(name: string): Promise<void> {
		const item = this.#id('parameter-item').filter({ has: this.#id(`parameter-input-${name}`) });
		await item.getByTestId('from-ai-override-button').click();
		await item.getByTestId('from-ai-override-button').waitFor({ state: 'hidden' });
	}

	/** Closes the form of the open node. */
	async closeDetails(): Promise<void> {
		await this.#id('ndv-close-button').click();
		await this.details.waitFor({ state: 'hidden' });
	}

	/** Opens the form of a node of the canvas. */
	async openDetails(node: string): Promise<void> {
		await this.#id('canvas-node').filter({ hasText: node }).first().dblclick();
		await this.details.waitFor();
	}

	/** Picks from a drop-down list. */
	async pick(list: Locator, option: string): Promise<void> {
		await list.click();
		await this.#options()
			.filter({ has: this.page.getByText(option, { exact: true }) })
			.first()
			.click();
	}

	#options(): Locator {
		return this.page.getByRole('option').filter({ visible: true });
	}

	/** Opens the list of a resource locator. */
	async openList(name: string): Promise<void> {
		await this.locator(name).click();
		await this.#id('rlc-item').first().waitFor();
	}

	/** What the open list of a resource locator shows. */
	get listed(): Locator {
		return this.#id('rlc-item');
	}

	/** Types into the search of an open list. */
	async searchList(words: string): Promise<void> {
		const search = this.#id('rlc-search');
		await search
			.locator('input')
			.or(search.and(this.page.locator('input')))
			.first()
			.fill(words);
	}

	/** Scrolls an open list to its end, which loads its next page. */
	async scrollListToEnd(): Promise<void> {
		await this.listed.last().scrollIntoViewIfNeeded();
	}

	/** Picks an entry of an open list. */
	async pickListed(name: string): Promise<void> {
		await this.listed.filter({ hasText: exactly(name) }).click();
	}

	/** Chooses how a resource locator names its resource, for instance `By ID`, and types it. */
	async locateBy(name: string, mode: string, value: string): Promise<void> {
		const locator = this.form.getByTestId(`resource-locator-${name}`);
		await this.pick(locator.getByTestId('rlc-mode-selector'), mode);
		await locator.getByTestId('rlc-input-container').locator('input').fill(value);
	}

	/** Drags a field of the input onto a field of the form, as n8n teaches its users. */
	async dragInput(field: string, target: Locator): Promise<void> {
		const pill = this.#id('ndv-input-panel').locator(`[data-target=mappable][data-path="${field}"]`).first();
		await pill.scrollIntoViewIfNeeded();
		await target.scrollIntoViewIfNeeded();
		const from = await boxOf(pill);
		const to = await boxOf(target);
		const { mouse } = this.page;
		await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await mouse.down();
		await mouse.move(from.x + from.width, from.y + from.height, { steps: DRAG_STEPS });
		await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: DRAG_STEPS });
		await mouse.move(to.x + to.width / 2 + 2, to.y + to.height / 2);
		await mouse.up();
	}

	/** Runs the open node with what comes before it, and waits until it `ends`. */
	async execute(ends: 'success' | 'danger' = 'success'): Promise<void> {
		await this.#id('node-execute-button').click();
		await this.output.getByTestId(`node-run-status-${ends}`).waitFor();
	}

	/** Waits until the output counts so many items. */
	async expectItems(count: number): Promise<void> {
		await expect(this.output.getByTestId('run-data-item-count'), `${count} item${count === 1 ? '' : 's'}`);
	}

	/** Adds a field to the open mapping screen. */
	async addMappedField(name: string): Promise<void> {
		await this.form.getByTestId('add-fields-select').click();
		await this.page
			.getByRole('menuitem')
			.filter({ hasText: exactly(name) })
			.click();
		await this.field(name).waitFor();
	}

	/** The address that the open trigger shows, of the kind that is chosen. */
	async webhookUrl(kind: 'Test URL' | 'Production URL'): Promise<string> {
		const url = this.form.locator('.webhook-url');
		if (!(await url.isVisible())) await this.form.getByText('Webhook URLs').click();
		await this.form.getByText(kind, { exact: true }).click();
		await expect(url, kind === 'Test URL' ? '/webhook-test/' : '/webhook/');
		return (await url.innerText()).trim();
	}

	/** Lets the open trigger wait for one call of its Test URL. */
	async listen(): Promise<void> {
		await this.#id('node-execute-button').click();
		await this.#id('trigger-listening').waitFor();
	}

	/** Runs the workflow by the button of the canvas and waits until each of the nodes has succeeded. */
	async executeWorkflow(nodes: readonly string[]): Promise<void> {
		await this.#id('execute-workflow-button').click();
		for (const name of nodes) {
			const node = this.#id('canvas-node').filter({ hasText: name });
			await node.getByTestId('canvas-node-status-success').first().waitFor();
		}
	}

	/** Makes the workflow answer to its triggers. */
	async publish(): Promise<void> {
		await this.#id('workflow-open-publish-modal-button').click();
		await this.#id('workflow-publish-button').click();
		const told = this.#id('activation-modal');
		await told.waitFor();
		await told.getByRole('button', { name: 'Got it' }).click();
	}

	/** The id of the open workflow, once n8n has kept it. */
	async workflowId(): Promise<string> {
		await this.page.waitForURL((url) => !/\/workflow\/new/.test(url.pathname));
		return this.page.url().split('/workflow/')[1]?.split(/[?/]/)[0] ?? '';
	}

	/** Opens the form of a new credential of a type from the list of credentials. */
	async newCredential(type: string): Promise<Locator> {
		await this.page.goto(`${this.url}/home/credentials/create`);
		await this.#id('new-credential-type-select').click();
		await this.page.keyboard.type(type);
		await this.#id('new-credential-type-select-option')
			.filter({ hasText: exactly(type) })
			.click();
		await this.#id('new-credential-type-button').click();
		const modal = this.#id('editCredential-modal');
		await modal.waitFor();
		return modal;
	}

	/** Saves the open credential, whose test has to fail, and reads what it says. */
	async saveRefusedCredential(form: Locator): Promise<string> {
		await this.#id('credential-save-button').click();
		await form.getByText('More details').click();
		return (await form.innerText()).trim();
	}

	/** Saves the open credential, whose test has to succeed. */
	async saveCredential(form: Locator): Promise<void> {
		await this.#id('credential-save-button').click();
		await expect(form, 'Connection tested successfully');
	}
}

/** A pattern that the whole text has to match, blanks around it aside. */
export function exactly(text: string): RegExp {
	return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

async function boxOf(locator: Locator) {
	const box = await locator.boundingBox();
	if (box === null) throw new Error(`Nothing to see of ${String(locator)}.`);
	return box;
}
