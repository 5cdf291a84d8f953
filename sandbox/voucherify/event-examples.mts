import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonObject } from './json.mts';

export type Audience = 'project' | 'distribution';

const EVERYBODY: readonly Audience[] = ['project', 'distribution'];

/** The official example payload of a type of event; undefined when the folder of contracts is not there or has none. */
export function exampleEventData(type: string): JsonObject | undefined {
	return memberOf(readContract('voucherify-event-examples.json')['data'], type);
}

/** Who hears of a type of event; everybody when the folder of contracts is not there or does not know the type. */
export function audiencesOf(type: string): readonly Audience[] {
	const kinds = memberOf(readContract('voucherify-events.json')['events'], type)?.['kinds'];
	return Array.isArray(kinds) ? EVERYBODY.filter((audience) => kinds.includes(audience)) : EVERYBODY;
}

function readContract(name: string): JsonObject {
	const folder = process.env['CONTRACTS_DIR'] ?? path.resolve('..', 'shared', 'contracts');
	let text: string;
	try {
		text = readFileSync(path.join(folder, name), 'utf8');
	} catch {
		return {};
	}
	const contract: unknown = JSON.parse(text);
	return isObject(contract) ? contract : {};
}

function memberOf(container: unknown, name: string): JsonObject | undefined {
	const member = isObject(container) && Object.hasOwn(container, name) ? container[name] : undefined;
	return isObject(member) ? member : undefined;
}
