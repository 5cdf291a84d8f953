/** Why a code can't be put on a promotion code list. */
export type Problem =
	'blank' | 'comma' | 'invisibleCharacter' | 'lineBreak' | 'notUtf8' | 'quote' | 'tooLong';

/**
 * The longest code, in characters. Braze names no limit; a string attribute, which is where a code ends up that is kept with a profile,
 * holds 255.
 */
export const LONGEST_CODE = 255;

/**
 * What keeps a code from a promotion code list. Braze reads one code a row and documents no quoting, so nothing that CSV would have to put
 * in quotes can be told to arrive as it is; what can't be seen makes a code that nobody can type.
 * @param code without spaces around it
 */
export function problemOf(code: string): Problem | undefined {
	if (code === '') return 'blank';
	if (code.length > LONGEST_CODE) return 'tooLong';
	if (/\uFFFD|\p{Cs}/u.test(code)) return 'notUtf8';
	if (/[\r\n\u0085\u2028\u2029]/.test(code)) return 'lineBreak';
	// Control and format characters, and every white space but the ordinary one.
	if (/[\p{Cc}\p{Cf}]|[^\S ]/u.test(code)) return 'invisibleCharacter';
	if (code.includes('"')) return 'quote';
	return code.includes(',') ? 'comma' : undefined;
}
