import { jsonString } from './escaping';

/** One call that Braze makes while it renders a message. */
export interface Call {
	readonly method: 'get' | 'post';
	/** With Liquid variables in it, and everything else encoded. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The Liquid variable that holds the body. */
	readonly body?: string | undefined;
	/** How long Braze may answer the call from its cache, in seconds; `none` for not at all. */
	readonly cacheFor: number | 'none';
	/** Whether Braze tries again after a failure, and gives the message up after five tries. */
	readonly retry: boolean;
	/** The Liquid variable that gets the answer. */
	readonly save: string;
}

/**
 * Braze's `connected_content` tag. It takes no part in whitespace control, so its neighbours have to: see `trimmed`.
 * Rules: braze.com/docs, "Making a Connected Content call" (a body with spaces has to come from a variable).
 */
export function connectedContent(call: Call): string {
	const headers = Object.entries(call.headers).map(
		([name, value]) => `    ${jsonString('Header', name)}: ${jsonString('Header', value)}`,
	);
	const lines = [
		`{% connected_content ${call.url}`,
		`  :method ${call.method}`,
		`  :headers {\n${headers.join(',\n')}\n  }`,
		...(call.body === undefined ? [] : [`  :body {{${call.body}}}`]),
		'  :content_type application/json',
		call.cacheFor === 'none' ? '  :no_cache' : `  :cache_max_age ${call.cacheFor}`,
		...(call.retry ? ['  :retry'] : []),
		`  :save ${call.save}`,
	];
	return `${lines.join('\n')}\n%}`;
}

/** A Liquid tag that takes the blank space around it along, so that a snippet leaves no empty lines in a message. */
export function trimmed(tag: string): string {
	return `{%- ${tag} -%}`;
}

/** Keeps the texts of a variable in a URL's query from ending it. */
export function inQuery(variable: string): string {
	return `{{${variable} | url_encode}}`;
}

/** The same for a URL's path, where + would be a plus and no space. */
export function inPath(variable: string): string {
	return `{{${variable} | url_encode | replace: '+', '%20'}}`;
}

/** A Liquid variable within a body. */
export class Variable {
	constructor(readonly name: string) {}
}

/** A body with places that Braze fills in. */
export type Body = string | number | Variable | { readonly [name: string]: Body };

/**
 * JSON that Braze completes: variables go through its `json_escape`, fixed texts are escaped here.
 * @throws {InvalidInput} for half of a character
 */
export function jsonBody(body: Body): string {
	if (typeof body === 'string') return jsonString('Body', body);
	if (typeof body === 'number') return String(body);
	if (body instanceof Variable) return `"{{${body.name} | json_escape}}"`;
	const members = Object.entries(body).map(
		([name, value]) => `${jsonString('Body', name)}: ${jsonBody(value)}`,
	);
	// With a space inside: two braces side by side would be Liquid's.
	return members.length === 0 ? '{ }' : `{ ${members.join(', ')} }`;
}
