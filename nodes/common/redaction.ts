/** Shorter strings would hide harmless text, and no service gives out keys that short. */
const SHORTEST_SECRET = 6;

/**
 * A function that takes secrets out of text: the given ones, in any encoding they travel in, and one-time tokens in URLs.
 * @param secrets the values of the credential's secret fields
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
	const distinct = [...new Set(forms)].sort((a, b) => b.length - a.length);
	return (text) =>
		distinct
			.reduce((left, secret) => left.split(secret).join('[hidden]'), text)
			.replace(/([?&](?:token|access_token)=)[^&\s"']+/gi, '$1[hidden]');
}

/** A copy of a JSON value with secrets taken out of every string and key. */
export function redactJson<T>(value: T, redact: (text: string) => string): T {
	return JSON.parse(redact(JSON.stringify(value))) as T;
}
