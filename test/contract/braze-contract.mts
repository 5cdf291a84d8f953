import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

/** The parts of an OpenAPI operation that the checks read. */
export interface Operation {
	readonly requestBody?: unknown;
	readonly responses: Readonly<Record<string, Response>>;
	readonly 'x-known-messages'?: Readonly<Record<string, { readonly text?: string; readonly label?: string }>>;
}

interface Response {
	readonly $ref?: string;
	readonly headers?: Readonly<Record<string, unknown>>;
}

interface Document {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

/** Where the contract lies: in CONTRACTS_DIR, else next to the project. */
export const CONTRACT_FILE = join(
	process.env['CONTRACTS_DIR'] ?? join(process.cwd(), '../shared/contracts'),
	'braze-contract.json',
);

/** Whether there is a contract to check against. */
export const HAS_CONTRACT = existsSync(CONTRACT_FILE);

/** Checks requests and answers against the OpenAPI description of Braze. */
export class BrazeContract {
	readonly #document: Document;
	readonly #ajv = new Ajv({ strict: false, validateFormats: false });

	constructor() {
		this.#document = JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'));
		this.#ajv.addSchema(this.#document, 'contract', false, false);
	}

	/** All operations as `GET` or `POST` (or another method) and path. */
	operations(): { readonly method: string; readonly path: string }[] {
		return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
			Object.keys(methods)
				.filter((method) => method !== 'parameters')
				.map((method) => ({ method: method.toUpperCase(), path })),
		);
	}

	/** One operation. Throws when the contract has none such. */
	operation(method: string, path: string): Operation {
		const operation = this.#document.paths[path]?.[method.toLowerCase()];
		if (operation === undefined) throw new Error(`The contract has no ${method} ${path}.`);
		return operation;
	}

	/** What is wrong with a request body, in ajv's words; empty when nothing is. */
	problemsOfRequest(method: string, path: string, body: unknown): string {
		const schema = `${pointer('paths', path, method.toLowerCase(), 'requestBody')}/content/application~1json/schema`;
		return this.#problems(schema, body);
	}

	/** What is wrong with an answer: its status is not foreseen, its body has another shape, or a header is missing. */
	problemsOfAnswer(
		method: string,
		path: string,
		answer: { readonly status: number; readonly data: unknown; readonly headers: object },
	): string {
		const { responses } = this.operation(method, path);
		const status = [String(answer.status), `${String(answer.status).charAt(0)}XX`].find(
			(known) => known in responses,
		);
		if (status === undefined) return `status ${answer.status} is not foreseen`;
		const response = responses[status];
		const base = response?.$ref ?? pointer('paths', path, method.toLowerCase(), 'responses', status);
		const headers = Object.keys(response?.headers ?? {}).filter((name) => name !== 'Link');
		const missing = headers.filter((name) => !(name.toLowerCase() in answer.headers));
		if (missing.length > 0) return `headers ${missing.join(', ')} are missing`;
		return this.#problems(`${base}/content/application~1json/schema`, answer.data);
	}

	#problems(schema: string, value: unknown): string {
		const validate: ValidateFunction | undefined = this.#ajv.getSchema(`contract${schema}`);
		if (validate === undefined) throw new Error(`The contract has no ${schema}.`);
		return validate(value) ? '' : this.#ajv.errorsText(validate.errors);
	}
}

/** A JSON pointer in a URI fragment. */
function pointer(...steps: readonly string[]): string {
	return `#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}
