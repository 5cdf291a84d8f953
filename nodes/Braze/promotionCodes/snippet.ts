import { InvalidInput } from '../../common/failure';
import { withinTag } from '../connectedContent/escaping';

/**
 * The Liquid that takes a code from one of Braze's promotion code lists and puts it into a message.
 * @param list the snippet name that the list was given in Braze; letter case matters
 * @throws {InvalidInput} for a name that would not stay within its quotes
 */
export function snippet(list: string): string {
	const name = list.trim();
	if (name === '')
		throw new InvalidInput(
			'Promotion Code List',
			'is empty',
			'Enter the snippet name of the promotion code list in Braze.',
		);
	const remedy = 'Give the list in Braze a snippet name without quotes, braces, %, \\ and line breaks.';
	return `{% promotion('${withinTag('Promotion Code List', name, remedy)}') %}`;
}
