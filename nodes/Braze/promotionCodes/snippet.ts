import { InvalidInput, shown } from '../../common/failure';

/** Whatever could end the quoted name or the Liquid tag, or is cut up by an editor: quotes, braces, %, \, control characters, line breaks. */
const BREAKS_LIQUID = /['"`{}%\\\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * The Liquid that takes a code from one of Braze's promotion code lists and puts it into a message.
 * @param list the snippet name that the list was given in Braze; letter case matters
 * @throws {InvalidInput} for a name that would not stay within its quotes
 */
export function snippet(list: string): string {
	const name = list.trim();
	if (name === '')
		throw new InvalidInput('List', 'is empty', 'Enter the snippet name of the promotion code list in Braze.');
	const culprit = BREAKS_LIQUID.exec(name)?.[0];
	if (culprit === undefined) return `{% promotion('${name}') %}`;
	throw new InvalidInput(
		'List',
		`contains ${shown(culprit)}, which would break the Liquid tag`,
		'Give the list in Braze a snippet name without quotes, braces, %, \\ and line breaks.',
	);
}
