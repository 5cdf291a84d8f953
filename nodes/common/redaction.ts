/** Shorter strings would hide harmless text, and no service gives out keys that short. */
const SHORTEST_SECRET = 6;

const HIDDEN = '[hidden]';

/** One-time tokens and signatures in URLs (those of S3, Google and Azure among them), up to whatever ends a URL in text. */
const TOKEN =
	/([?&](?:token|access_token|sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=)[^&\s"'\\<>]+/gi;

/**
 * A function that takes secrets out of text: the given ones, in any encoding they travel in, and one-time tokens in URLs.
 * @param secrets the values of the credential's secret fields
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.sort((a, b) => b.length - a.length)
		.flatMap((secret) => [[...secret].map(anyForm).join(''), ...inBase64(secret)]);
	const secret = forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'g');
	return (text) => (secret === undefined ? text : text.replace(secret, HIDDEN)).replace(TOKEN, `$1${HIDDEN}`);
}

/** What lies deeper in a JSON value is left out: no service nests that deep, and nobody could read it. */
const DEEPEST = 100;

/** A copy of a JSON value with secrets taken out of every string and key. */
export function redactJson(value: unknown, redact: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return redact(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth === DEEPEST) return '…';
	const within = (entry: unknown): unknown => redactJson(entry, redact, depth + 1);
	if (Array.isArray(value)) return value.map(within);
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [redact(key), within(entry)]));
}

/** Matches a character as it is, and as URLs, forms, JSON and HTML write it. */
function anyForm(character: string): string {
	const percent = [...Buffer.from(character)].map((byte) => `%${anyCase(hex(byte, 2))}`).join('');
	const units = Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at), 4));
	const code = character.codePointAt(0) ?? 0;
	const forms = [
		percent,
		units.map((unit) => `\\\\u${anyCase(unit)}`).join(''),
		`&#0*${code};`,
		`&#[xX]0*${anyCase(hex(code, 1))};`,
		...(NAMED[character] ?? []),
		// A backslash may stand before the character, as JSON allows it before a slash.
		`\\\\?${literally(character)}`,
	];
	return `(?:${forms.join('|')})`;
}

const NAMED: Readonly<Record<string, readonly string[]>> = {
	' ': ['\\+'],
	'"': ['&quot;'],
	'&': ['&amp;'],
	"'": ['&apos;'],
	'<': ['&lt;'],
	'>': ['&gt;'],
	'\n': ['\\\\n'],
	'\r': ['\\\\r'],
	'\t': ['\\\\t'],
};

/**
 * Matches a secret within base64, whatever stands before and after it: of the characters that it shares with its neighbours, nothing
 * can be known, so they stay.
 */
function inBase64(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const first = Math.ceil((before * 4) / 3);
		const last = Math.floor(((before + bytes.length) * 4) / 3);
		return [...text.slice(first, last)]
			.map((character) => (character === '+' ? '[+-]' : character === '/' ? '[/_]' : character))
			.join('');
	});
}

function hex(value: number, digits: number): string {
	return value.toString(16).padStart(digits, '0');
}

function anyCase(text: string): string {
	return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function literally(character: string): string {
	return /[\^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
