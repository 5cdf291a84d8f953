// Which operations of an API the nodes reach.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { requestsIn } from './requests.mts';

/** Where the descriptions of the APIs lie: in CONTRACTS_DIR, else next to the project. */
const CONTRACTS = process.env.CONTRACTS_DIR ?? join(process.cwd(), '../shared/contracts');

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** An API, and where the nodes speak to it. */
export interface Api {
	readonly name: string;
	/** File name of its OpenAPI description. */
	readonly contract: string;
	readonly folders: readonly string[];
	/** Operations that are left out on purpose, each with its reason. */
	readonly leftOut: Readonly<Record<string, string>>;
}

/** One operation of an API. */
export interface Coverage {
	/** `POST /v1/publications` */
	readonly operation: string;
	/** Source files that send it. */
	readonly files: readonly string[];
	/** Why it is left out. */
	readonly reason: string | undefined;
}

/** The path of an API's description; `undefined` when it isn't there. */
export function contractFile({ contract }: Api): string | undefined {
	const file = join(CONTRACTS, contract);
	return existsSync(file) ? file : undefined;
}

/** What of an API the nodes reach, in the order of its description. */
export function coverageOf(api: Api, file: string): Coverage[] {
	const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
		paths: Record<string, Record<string, unknown>>;
	};
	const requests = requestsIn(api.folders.filter((folder) => existsSync(folder)));
	return Object.entries(paths).flatMap(([path, operations]) => {
		const methods = Object.keys(operations).filter((name) => METHODS.includes(name));
		// A shared function that is given only a path gets a list, unless the path knows nothing but one other method.
		const implied = methods.includes('get') ? 'get' : methods[0];
		return methods.map((method) => {
			const operation = `${method.toUpperCase()} ${path}`;
			const senders = requests.filter(
				(request) =>
					request.path === path.replace(/\{[^}]+\}/g, '{}') &&
					(request.methods.length === 0
						? implied === method
						: request.methods.some((sent) => sent.toLowerCase() === method)),
			);
			const files = [...new Set(senders.map((request) => relative('.', request.file)))];
			return { operation, files, reason: api.leftOut[operation] };
		});
	});
}
