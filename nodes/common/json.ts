/** Parsed JSON, or what keeps the text from being JSON in the parser's words. */
export type Parsed = { readonly value: unknown } | { readonly problem: string };

/** Parses JSON without throwing. */
export function parseJson(text: string): Parsed {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
