import { InvalidInput, shown } from '../../common/failure';
import { path, queryString } from '../../common/urlPath';
import { wholeCharacters } from '../../common/wholeCharacters';

/** Whatever could end a quoted text or a Liquid tag, or is cut up by an editor: quotes, braces, %, \, control characters, line breaks. */
const BREAKS_LIQUID = /['"`{}%\\\p{Cc}\p{Zl}\p{Zp}]/u;

/** What stays as it is in JSON: letters and signs of ASCII that mean nothing to JSON, Liquid or HTML. */
const PLAIN_IN_JSON = /[\w .,:;!?%@#=~^|()[\]/*+-]/;

/**
 * Text that stays within the quotes, or the braces, of a Liquid tag as it is.
 * @param field display name of the field that holds the text
 * @param remedy what to do about a text that can't stay
 * @throws {InvalidInput} for quotes, braces, %, \ and line breaks: Liquid has no way to escape them
 */
export function withinTag(field: string, text: string, remedy: string): string {
	const culprit = BREAKS_LIQUID.exec(text)?.[0];
	if (culprit === undefined) return wholeCharacters(text, field);
	throw new InvalidInput(field, `contains ${shown(culprit)}, which would break the Liquid tag`, remedy);
}

/**
 * Text as a JSON string that Liquid, an HTML editor and a copy by hand leave alone: all that means something to one of them, or is no
 * ASCII, becomes `\u….`
 * @throws {InvalidInput} for half of a character
 */
export function jsonString(field: string, text: string): string {
	const units = Array.from({ length: wholeCharacters(text, field).length }, (_, index) => text.charAt(index));
	const escaped = units.map((unit) => (PLAIN_IN_JSON.test(unit) ? unit : unicodeEscape(unit)));
	return `"${escaped.join('')}"`;
}

/** A path with encoded values, as `path` makes it, that may stand in the URL of a Liquid tag. */
export function urlPath(parts: TemplateStringsArray, ...values: readonly string[]): string {
	return percentEncoded(path(parts, ...values));
}

/**
 * A value of a query that may stand in the URL of a Liquid tag.
 * @throws {InvalidInput} for half of a character
 */
export function queryValue(field: string, text: string): string {
	return percentEncoded(queryString({ v: wholeCharacters(text, field) }).slice('?v='.length));
}

/** The address of a URL that may stand in a Liquid tag: what URLs tolerate, and Liquid and HTML do not, is encoded. */
export function percentEncoded(url: string): string {
	return url.replace(
		/["'$()*!<>\\^`{|}]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
	);
}

/** Text for the message itself, with a tag behind it: an opening brace, and Braze's $ before one, is all that Liquid would read there. */
export function plainInMessage(field: string, text: string): string {
	return wholeCharacters(text, field).replace(/\$(?=\{|$)|\{/g, (sign) => `{{ '${sign}' }}`);
}

function unicodeEscape(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
