// The workflows of `workflows/`, brought into a running n8n.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CredentialReference, CredentialReferences } from './connection.mts';
import type { N8nClient, Workflow, WorkflowNode } from './n8n-client.mts';

/** A template in n8n. */
export interface ImportedTemplate {
	readonly file: string;
	readonly id: string;
	readonly workflow: Workflow;
}

/** What all templates are found by in n8n's list of workflows. Folders would need a licence. */
export const TAG = 'Voucherify and Braze';

interface ImportNote {
	readonly id: string;
	readonly hash: string;
}

/** The credential types that a node of the package asks for; other nodes bring their own. */
function credentialTypesOf(type: string, packageName: string): Array<keyof CredentialReferences> {
	if (type.startsWith(`${packageName}.braze`)) return ['brazeApi'];
	return type.startsWith(`${packageName}.voucherify`) ? ['voucherifyApi'] : [];
}

/** The workflow with credentials filled in; templates carry none, so that anybody can import them. */
export function withCredentials(
	workflow: Workflow,
	packageName: string,
	references: CredentialReferences,
): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const types = credentialTypesOf(node.type, packageName);
		if (types.length === 0) return node;
		return { ...node, credentials: Object.fromEntries(types.map((type) => [type, references[type]])) };
	});
	return { ...workflow, nodes };
}

/** The workflow with a Header Auth credential in those of n8n's own nodes that ask for one. */
export function withHeaderAuth(workflow: Workflow, credential: CredentialReference): Workflow {
	const asks = (node: WorkflowNode) => JSON.stringify(node).includes('eaderAuth"');
	const nodes = workflow.nodes.map((node) =>
		asks(node) ? { ...node, credentials: { httpHeaderAuth: credential } } : node,
	);
	return { ...workflow, nodes };
}

/** The templates in a folder, in the order of their names. */
export async function readTemplates(
	folder: string,
): Promise<ReadonlyArray<{ file: string; workflow: Workflow; hash: string }>> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	return await Promise.all(
		files.map(async (file) => {
			const text = await readFile(join(folder, file), 'utf8');
			const workflow: Workflow = JSON.parse(text);
			return { file, workflow, hash: createHash('sha256').update(text).digest('hex') };
		}),
	);
}

/**
 * Imports every template of `folder` that n8n doesn't have yet, and overwrites those whose file has changed since; what a
 * user changed in n8n stays otherwise. New ones get the tag of the templates. `noteFile` remembers what was imported.
 */
export async function importTemplates(
	client: N8nClient,
	folder: string,
	packageName: string,
	references: CredentialReferences,
	noteFile: string,
): Promise<ImportedTemplate[]> {
	const notes: Record<string, ImportNote> = existsSync(noteFile)
		? JSON.parse(await readFile(noteFile, 'utf8'))
		: {};
	const stored = await client.listWorkflows();
	const tag = await client.saveTag(TAG);
	const imported: ImportedTemplate[] = [];
	for (const { file, workflow, hash } of await readTemplates(folder)) {
		const ready = withCredentials(workflow, packageName, references);
		const note = notes[file];
		const known = note && stored.find(({ id, isArchived }) => id === note.id && isArchived !== true);
		if (known === undefined) {
			const { id } = await client.createWorkflow(ready, [tag]);
			notes[file] = { id, hash };
			imported.push({ file, id, workflow });
		} else {
			if (note?.hash !== hash) await client.updateWorkflow(known.id, ready);
			notes[file] = { id: known.id, hash };
			imported.push({ file, id: known.id, workflow });
		}
	}
	await writeFile(noteFile, JSON.stringify(notes, null, 2));
	return imported;
}
