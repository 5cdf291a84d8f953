import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { engine } from './n8n.mts';

/** The file in a binary field of an item, wherever n8n keeps it. */
export async function fileOf(item: INodeExecutionData | undefined, field = 'data'): Promise<Buffer> {
	const binary = item?.binary?.[field];
	if (binary === undefined) throw new Error(`The item has no file in "${field}"`);
	return await (await binaryData()).getAsBuffer(binary);
}

/** An item with a file that n8n holds in memory. */
export function itemWithFile(
	content: string | Buffer,
	fileName = 'codes.csv',
	field = 'data',
): INodeExecutionData {
	return { json: {}, binary: { [field]: inMemory(Buffer.from(content), fileName) } };
}

/** An item with a file that n8n has put on disk. */
export async function itemWithStoredFile(
	content: string | Buffer,
	fileName = 'codes.csv',
): Promise<INodeExecutionData> {
	const location = { type: 'execution', workflowId: 'workflow', executionId: '1' } as const;
	const bytes = Buffer.from(content);
	const data = await (await binaryData()).store(location, bytes, inMemory(Buffer.alloc(0), fileName));
	return { json: {}, binary: { data } };
}

function inMemory(content: Buffer, fileName: string): IBinaryData {
	return { data: content.toString('base64'), mimeType: 'text/csv', fileName, fileExtension: 'csv' };
}

async function binaryData() {
	const { core } = await engine();
	const { Container } = await import('@n8n/di');
	return Container.get(core.BinaryDataService);
}
