import { type Answer, readJson, SchemaFile } from './contract.mts';

export const BRAZE_CONTRACT = 'braze-contract.json';

interface Operation {
	readonly requestBody?: unknown;
	readonly responses: Readonly<Record<string, Response>>;
	readonly 'x-known-messages'?: Readonly<Record<string, { readonly text?: string; readonly label?: string }>>;
}

interface Response {
	readonly $ref?: string;
	readonly headers?: Readonly<Record<string, unknown>>;
}

interface OpenApi {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const JSON_SCHEMA = ['content', 'application/json', 'schema'];

/** Braze's OpenAPI description, whose answers stand under ranges of status codes and foresee headers. */
export class BrazeContract {
	readonly #document: OpenApi = readJson(BRAZE_CONTRACT);
	readonly #schemas = new SchemaFile(BRAZE_CONTRACT);

	/** All operations: the method in capitals, and the path. */
	operations(): { readonly method: string; readonly path: string }[] {
		return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
			Object.keys(methods)
				.filter((method) => method !== 'parameters')
				.map((method) => ({ method: method.toUpperCase(), path })),
		);
	}

	/** The words of a message that an operation is known to answer with. */
	knownMessage(method: string, path: string, name: string): string | undefined {
		const known = this.#operation(method, path)['x-known-messages']?.[name];
		return known?.text ?? known?.label;
	}

	/** Whether an operation's requests have a body. */
	takesBody(method: string, path: string): boolean {
		return this.#operation(method, path).requestBody !== undefined;
	}

	/** What is wrong with a request body; empty when nothing is. */
	problemsOfRequest(method: string, path: string, body: unknown): string {
		return this.#schemas.problems([...steps(method, path), 'requestBody', ...JSON_SCHEMA], body);
	}

	/** What is wrong with an answer: its status is not foreseen, a header is missing, its body has another shape. */
	problemsOfAnswer(method: string, path: string, answer: Answer): string {
		const { responses } = this.#operation(method, path);
		const exact = String(answer.status);
		const status = [exact, `${exact.charAt(0)}XX`].find((known) => known in responses);
		const response = status === undefined ? undefined : responses[status];
		if (status === undefined || response === undefined) return `status ${exact} is not foreseen`;
		const missing = Object.keys(response.headers ?? {})
			.filter((name) => name !== 'Link')
			.filter((name) => !(name.toLowerCase() in answer.headers));
		if (missing.length > 0) return `headers ${missing.join(', ')} are missing`;
		const base = response.$ref?.split('/').slice(1) ?? [...steps(method, path), 'responses', status];
		return this.#schemas.problems([...base, ...JSON_SCHEMA], answer.data);
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
