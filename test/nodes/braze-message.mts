import { createHash } from 'node:crypto';
import { type Context, type Emitter, Liquid, Tag } from 'liquidjs';
import {
	ConnectedContentCache,
	type ConnectedContentManners,
	connectedContentTag,
	RenderAgain,
} from './braze-connected-content-tag.mts';

/** A profile by the names that Braze's Liquid has for its fields. */
export interface LiquidProfile {
	readonly user_id?: string | undefined;
	readonly braze_id?: string | undefined;
	readonly first_name?: string | undefined;
	readonly last_name?: string | undefined;
	readonly email_address?: string | undefined;
	readonly phone_number?: string | undefined;
	readonly custom_attribute?: Readonly<Record<string, unknown>>;
}

/** What sends a message. */
export interface Sending {
	readonly campaign?: { readonly api_id?: string; readonly dispatch_id?: string };
	readonly canvas?: { readonly api_id?: string };
}

/** What became of a message. */
export type Rendered = { readonly text: string } | { readonly aborted: string };

/** The name in Liquid of what Braze writes with `${…}` and nothing before it. */
const PROFILE = 'profile';
const MOST_TRIES = 5;

class Aborted extends Error {}

/** Braze as far as it renders messages: `liquidjs` with Braze's tags, filters and `${…}`, and one cache for the workspace. */
export class BrazeMessages {
	readonly cache = new ConnectedContentCache();
	readonly #liquid = new Liquid({ strictFilters: true });

	/** @param jsonEscape Braze's filter where it is to differ: its documentation names quotes and backslashes, and no more */
	constructor(manners: ConnectedContentManners, jsonEscape = FILTERS.json_escape) {
		this.#liquid.registerTag('connected_content', connectedContentTag(this.cache, manners));
		this.#liquid.registerTag('abort_message', AbortMessage);
		const filters = { ...FILTERS, json_escape: jsonEscape };
		for (const [name, filter] of Object.entries(filters)) this.#liquid.registerFilter(name, filter);
	}

	/** Renders a message for a user; with `:retry` up to five times. */
	async render(template: string, profile: LiquidProfile, sending: Sending): Promise<Rendered> {
		const templates = this.#liquid.parse(asPlainLiquid(template));
		const { custom_attribute = {}, ...standard } = profile;
		const scope = { ...sending, custom_attribute, [PROFILE]: standard };
		for (let tries = 1; ; tries++) {
			try {
				return { text: String(await this.#liquid.render(templates, { ...scope })) };
			} catch (error) {
				const cause = causeOf(error);
				if (cause instanceof Aborted) return { aborted: cause.message };
				if (!(cause instanceof RenderAgain)) throw error;
				if (tries === MOST_TRIES) return { aborted: 'Connected Content failed five times' };
			}
		}
	}
}

/**
 * Braze's Liquid as others know it: `${name}` becomes a field of an object, and braces within a tag go. It is cut into tags and text
 * as Ruby's Liquid cuts it, by the first end of a tag, whether or not that is in quotes.
 */
export function asPlainLiquid(template: string): string {
	const named = template.replace(
		/(\w+\.)?\$\{([^{}]*)\}/g,
		(_all, owner: string | undefined, name: string) =>
			`${owner?.slice(0, -1) ?? PROFILE}[${JSON.stringify(name)}]`,
	);
	return named.replace(/\{%[^]*?%\}/g, (tag) =>
		/^\{%-?\s*connected_content\s/.test(tag) ? tag : tag.replace(/\{\{|\}\}/g, ''),
	);
}

class AbortMessage extends Tag {
	override render(_context: Context, _emitter: Emitter): void {
		const reason = /^\s*\((?:'([^']*)')?\)\s*$/.exec(
			this.token.getText().replace(/^\{%\s*abort_message|%\}$/g, ''),
		);
		if (reason === null) throw new Error(`Not understood: ${this.token.getText()}`);
		throw new Aborted(reason[1] ?? '');
	}
}

/** Filters as Braze has them, which is Ruby. */
const FILTERS = {
	json_escape: (value: unknown) => JSON.stringify(String(value ?? '')).slice(1, -1),
	url_encode: (value: unknown) => formEncoded(String(value ?? '')),
	sha2: (value: unknown) => createHash('sha256').update(String(value)).digest('hex'),
	money: (value: unknown) => Number(value).toFixed(2),
};

/** As CGI.escape: letters, digits, * - . _ stay, spaces become +. */
function formEncoded(text: string): string {
	return new URLSearchParams({ v: text }).toString().slice('v='.length);
}

/** What a tag threw, out of liquidjs's wrapping. */
function causeOf(error: unknown): unknown {
	return error instanceof Error && 'originalError' in error ? error.originalError : error;
}
