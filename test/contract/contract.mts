import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Where the contracts lie: in CONTRACTS_DIR, else next to the project. */
export const CONTRACTS_FOLDER = process.env['CONTRACTS_DIR'] ?? join(process.cwd(), '../shared/contracts');

/** `describe` when the contract is there; else a skipped block whose name says what is missing. */
export function describeWithContract(file: string, name: string, block: () => void): void {
	const contract = join(CONTRACTS_FOLDER, file);
	if (existsSync(contract)) describe(name, block);
	// Jest runs the block of a skipped describe too, and there is nothing for it to read.
	else describe.skip(`${name} (skipped: there is no ${contract})`, () => test('', () => {}));
}

/** An answer of a service. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** Parsed JSON, or text. */
	readonly data: unknown;
}

interface Parameter {
	readonly name: string;
	readonly in: string;
	readonly required?: boolean;
}

interface Media {
	readonly content?: Readonly<Record<string, unknown>>;
}

interface Operation {
	readonly parameters?: readonly Parameter[];
	readonly requestBody?: unknown;
	readonly responses: Readonly<Record<string, Media & { readonly $ref?: string }>>;
}

interface OpenApi {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components: { readonly responses?: Readonly<Record<string, Media>> };
}

/** Checks values against JSON Schemas (draft 2020-12) that stand anywhere in a file of contracts. */
export class SchemaFile {
	readonly #ajv: Ajv2020;

	constructor(file: string, coerceTypes = false) {
		this.#ajv = new Ajv2020({ strict: false, allErrors: false, coerceTypes });
		addFormats(this.#ajv);
		const document: object = { ...readJson(file), $id: 'contract' };
		this.#ajv.addSchema(document, 'contract', false, false);
	}

	/** What is wrong with a value, in ajv's words; empty when nothing is. `steps` lead to the schema. */
	problems(steps: readonly string[], value: unknown): string {
		const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
		const validate: ValidateFunction | undefined = this.#ajv.getSchema(`contract#/${pointer.join('/')}`);
		if (validate === undefined) throw new Error(`The contract has no ${steps.join(' / ')}.`);
		return validate(value) ? '' : this.#ajv.errorsText(validate.errors);
	}
}

/** Checks requests and answers against an OpenAPI 3.1 description. Paths are templates: `/v1/exports/{exportId}`. */
export class OpenApiContract {
	readonly #document: OpenApi;
	readonly #bodies: SchemaFile;
	readonly #queries: SchemaFile;

	constructor(file: string) {
		this.#document = readJson(file);
		this.#bodies = new SchemaFile(file);
		this.#queries = new SchemaFile(file, true);
	}

	/** What is wrong with a request body; empty when nothing is. */
	problemsOfRequest(method: string, path: string, body: unknown, type = 'application/json'): string {
		const { requestBody } = this.#operation(method, path);
		if (requestBody === undefined) return body === undefined ? '' : 'a body is not foreseen';
		const schema = [...steps(method, path), 'requestBody', 'content', type, 'schema'];
		return this.#bodies.problems(schema, body);
	}

	/** What is wrong with a query (one level deep, `filters` and the like are only known by name); empty when nothing is. */
	problemsOfQuery(method: string, path: string, query: URLSearchParams): string {
		const parameters = this.#operation(method, path).parameters ?? [];
		const problems: string[] = [];
		for (const [name, value] of query) {
			const index = parameters.findIndex((one) => one.in === 'query' && one.name === name);
			const isPartOfObject = name.includes('[') && parameters.some((one) => one.name === name.split('[')[0]);
			if (index !== -1) {
				const schema = [...steps(method, path), 'parameters', String(index), 'schema'];
				problems.push(this.#queries.problems(schema, value));
			} else if (!isPartOfObject) {
				problems.push(`${name} is not foreseen`);
			}
		}
		return problems.filter((problem) => problem !== '').join('; ');
	}

	/** What is wrong with an answer: its status, its type or its body; empty when nothing is. */
	problemsOfAnswer(method: string, path: string, answer: Answer): string {
		const { responses } = this.#operation(method, path);
		const status = String(answer.status) in responses ? String(answer.status) : 'default';
		const response = responses[status];
		if (response === undefined || (status === 'default' && answer.status < 400)) {
			return `status ${answer.status} is not foreseen`;
		}
		const shared = response.$ref?.split('/').at(-1);
		const content = shared === undefined ? response : this.#document.components.responses?.[shared];
		if (content?.content === undefined) return answer.data === '' ? '' : 'a body is not foreseen';
		const type = String(answer.headers['content-type']).split(';')[0] ?? '';
		if (!(type in content.content)) return `type ${type} is not foreseen`;
		const base =
			shared === undefined
				? [...steps(method, path), 'responses', status]
				: ['components', 'responses', shared];
		return this.#bodies.problems([...base, 'content', type, 'schema'], answer.data);
	}

	/** The template that a path belongs to, e.g. `/v1/exports/{exportId}`; the one with the fewest parameters where several fit. */
	templateOf(method: string, pathname: string): string | undefined {
		const given = pathname.split('/');
		const fits = (template: string): boolean => {
			const parts = template.split('/');
			return (
				this.has(method, template) &&
				parts.length === given.length &&
				parts.every((part, index) => part.startsWith('{') || part === given[index])
			);
		};
		const parameters = (template: string): number => template.split('{').length;
		return Object.keys(this.#document.paths)
			.filter(fits)
			.sort((a, b) => parameters(a) - parameters(b))[0];
	}

	/** Whether the contract describes the operation. */
	has(method: string, path: string): boolean {
		return this.#document.paths[path]?.[method.toLowerCase()] !== undefined;
	}

	#operation(method: string, path: string): Operation {
		const operation = this.#document.paths[path]?.[method.toLowerCase()];
		if (operation === undefined) throw new Error(`The contract has no ${method} ${path}.`);
		return operation;
	}
}

function steps(method: string, path: string): string[] {
	return ['paths', path, method.toLowerCase()];
}

/** The content of a file of contracts; its shape is what the caller says. */
export function readJson(file: string) {
	return JSON.parse(readFileSync(join(CONTRACTS_FOLDER, file), 'utf8'));
}
