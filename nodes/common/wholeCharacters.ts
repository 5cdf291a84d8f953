import { InvalidInput } from './failure';

/**
 * The text itself, if no encoding can break it.
 * @param field display name of the field that holds the text
 * @throws {InvalidInput} for half of a surrogate pair, as cutting an emoji in two leaves it: neither URLs nor UTF-8 can hold it
 */
export function wholeCharacters(text: string, field: string): string {
	if (!/\p{Surrogate}/u.test(text)) return text;
	throw new InvalidInput(
		field,
		'holds half of a character',
		'Cut the text at whole characters, or remove the last one.',
	);
}
