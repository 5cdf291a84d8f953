import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

/** Why one thing that a user asked for did not happen; `execute` turns it into n8n's own errors. */
export interface FailureDetails {
	/** One sentence in the user's words: what is wrong. */
	readonly message: string;
	/** What to do next, or what the service said. */
	readonly description?: string | undefined;
	/** The HTTP status, if a service answered. */
	readonly status?: number | undefined;
	/** The service's own code or key for the error, e.g. `no_voucher_suitable_for_publication`. */
	readonly code?: string | undefined;
	/** More facts for the error output, e.g. the rejected object. */
	readonly context?: IDataObject | undefined;
	/** The service may or may not have acted on the request: the answer was lost. */
	readonly uncertain?: boolean | undefined;
	/** A file of what was done before the failure, for the error output. */
	readonly binary?: IBinaryKeyData | undefined;
	/** The request was too large for the service, and smaller ones would pass. */
	readonly tooLarge?: boolean | undefined;
}

/** A failure of one request or one item, told in plain words and free of secrets. */
export class Failure extends Error {
	readonly details: FailureDetails;

	constructor(details: FailureDetails) {
		super(details.message);
		this.name = 'Failure';
		this.details = details;
	}
}

/** Input that was refused before anything was sent. */
export class InvalidInput extends Failure {
	/** The display name of the field that holds the value. */
	readonly field: string;

	/**
	 * @param field display name of the field
	 * @param problem what is wrong with the value, as the rest of a sentence: "is empty"
	 * @param remedy what would be right: "Enter the name or the ID of a campaign."
	 */
	constructor(field: string, problem: string, remedy: string) {
		super({ message: `"${field}" ${problem}`, description: remedy });
		this.name = 'InvalidInput';
		this.field = field;
	}
}

const NESTED_TOO_DEEPLY: FailureDetails = {
	message: 'The data is nested too deeply',
	description:
		'It holds lists or objects within each other for thousands of levels. Send the inner ones alone.',
};

/** Any thrown thing as a failure; an unforeseen error keeps its message. */
export function asFailure(thrown: unknown): Failure {
	if (thrown instanceof Failure) return thrown;
	// What Node says when JSON is written, or walked through, that is nested some thousand levels deep.
	if (thrown instanceof RangeError && /call stack/.test(thrown.message))
		return new Failure(NESTED_TOO_DEEPLY);
	const description =
		thrown instanceof Error && 'description' in thrown && typeof thrown.description === 'string'
			? thrown.description
			: undefined;
	return new Failure({ message: thrown instanceof Error ? thrown.message : String(thrown), description });
}

/** What came of work that may fail. */
export type Attempt<T> = { readonly value: T } | { readonly failure: Failure };

/** Does work that may fail, and gives the failure back instead of throwing it. */
export function attemptNow<T>(work: () => T): Attempt<T> {
	try {
		return { value: work() };
	} catch (error) {
		return { failure: asFailure(error) };
	}
}

/** A value as it may be shown in an error: short, and on one line. */
export function shown(value: unknown): string {
	const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
	const line = text.slice(0, 200).replace(/\s+/g, ' ');
	return line.length > 80 ? `${line.slice(0, 77)}…` : line;
}
