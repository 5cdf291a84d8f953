import type { IDataObject } from 'n8n-workflow';

/** How many deliveries a workflow remembers: 25 KB that n8n stores with each event. */
export const REMEMBERED = 1000;

/**
 * Whether a delivery was seen before; if not, it is remembered.
 * @param memory the node's static data: what a workflow keeps between executions
 * @param id what tells the delivery from all others; without it nothing can be said
 */
export function isRepeated(memory: IDataObject, id: string | undefined): boolean {
	if (id === undefined) return false;
	const known = Array.isArray(memory.deliveries) ? memory.deliveries.map(String) : [];
	if (known.includes(id)) return true;
	memory.deliveries = [...known, id].slice(-REMEMBERED);
	return false;
}
