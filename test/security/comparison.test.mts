import { createHmac } from 'node:crypto';
import ts from 'typescript';
import { equalInConstantTime } from '../../nodes/common/constantTime';
import { isSignedBy } from '../../nodes/VoucherifyTrigger/signature';
import { findAll, placeOf, publishedSources } from './source-files.mts';
import { Tally } from './tally.mts';

const tally = new Tally();
const sources = publishedSources();

/** What a variable or property is called that holds something which nobody may find out letter by letter. */
const SECRET = /secret|signature|token$|apiKey|password|digest|hmac/i;

const EQUALITIES = new Set([
	ts.SyntaxKind.EqualsEqualsToken,
	ts.SyntaxKind.EqualsEqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsToken,
	ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Searching a text for a secret tells as much as comparing does. */
const SEARCHES = new Set([
	'startsWith',
	'endsWith',
	'includes',
	'indexOf',
	'localeCompare',
	'equals',
	'compare',
]);

/** The name at the end of what is compared: `secret` of `credential.secret`. */
function nameOf(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return expression.text;
	return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** Whether a value is no secret itself: empty, missing, a kind of type, a constant that anybody can read in the source. */
function isHarmless(expression: ts.Expression): boolean {
	return (
		ts.isStringLiteral(expression) ||
		ts.isNumericLiteral(expression) ||
		expression.kind === ts.SyntaxKind.NullKeyword ||
		(ts.isIdentifier(expression) && /^(undefined|[A-Z][A-Z0-9_]*)$/.test(expression.text))
	);
}

/** Compares what this process holds with what it has held before: nobody from outside gives either. */
const WITHIN_THE_PROCESS: readonly string[] = ['nodes/common/request.ts', 'nodes/common/accessToken.ts'];

test('Secrets and signatures are compared by nothing but the function that takes the same time for all', () => {
	const equalities = sources.flatMap((file) =>
		findAll(file, ts.isBinaryExpression)
			.filter(({ operatorToken }) => EQUALITIES.has(operatorToken.kind))
			.filter(({ left, right }) => !isHarmless(left) && !isHarmless(right))
			.map((node) => ({ file, node, names: [nameOf(node.left), nameOf(node.right)] })),
	);
	const searches = sources.flatMap((file) =>
		findAll(file, ts.isCallExpression).flatMap((node) => {
			const { expression } = node;
			if (!ts.isPropertyAccessExpression(expression) || !SEARCHES.has(expression.name.text)) return [];
			return [{ file, node, names: [nameOf(expression.expression), ...node.arguments.map(nameOf)] }];
		}),
	);
	const all = [...equalities, ...searches];
	const bad = all
		.filter(
			({ names, file }) => names.some((name) => SECRET.test(name)) && !WITHIN_THE_PROCESS.includes(file.path),
		)
		.map(({ file, node }) => `${placeOf(file, node)} ${node.getText(file.tree)}`);
	tally.count('comparisons read', all.length, bad.length);
	expect(all.length).toBeGreaterThan(100);
	expect(bad).toEqual([]);
});

test('There is one such function, and both triggers use it', () => {
	const callersOf = (name: string): string[] =>
		sources
			.filter((file) =>
				findAll(file, ts.isCallExpression).some(({ expression }) => nameOf(expression) === name),
			)
			.map(({ path }) => path)
			.sort();
	expect(callersOf('timingSafeEqual')).toEqual(['nodes/common/constantTime.ts']);
	expect(callersOf('equalInConstantTime')).toEqual([
		'nodes/BrazeTrigger/admission.ts',
		'nodes/VoucherifyTrigger/signature.ts',
	]);
});

test('Texts that differ anywhere, or in length alone, are never equal', () => {
	const secret = 'a long random text of our own';
	const others = [
		'',
		' ',
		secret.slice(1),
		secret.slice(0, -1),
		`${secret} `,
		`${secret}\u0000`,
		secret + secret,
		secret.toUpperCase(),
		'x'.repeat(1_000_000),
		...[...secret].map((_letter, at) => `${secret.slice(0, at)}~${secret.slice(at + 1)}`),
	];
	for (const other of others) {
		expect(equalInConstantTime(secret, other)).toBe(false);
		expect(equalInConstantTime(other, secret)).toBe(false);
	}
	expect(equalInConstantTime(secret, `${secret.slice(0, 5)}${secret.slice(5)}`)).toBe(true);
	tally.count('texts that differ', others.length * 2);
});

test('A signature fits in one way of writing alone, and only with a secret', () => {
	const body = Buffer.from('{"a": 1}');
	const signature = createHmac('sha256', 'secret-of-the-project').update(body).digest('hex');
	const others = [
		'',
		signature.slice(0, -1),
		`${signature}0`,
		`${signature}\n`,
		` ${signature}`,
		signature.toUpperCase(),
		`sha256=${signature}`,
		[signature],
		{ toString: () => signature },
		undefined,
		...[...signature].map(
			(letter, at) => signature.slice(0, at) + (letter === '0' ? '1' : '0') + signature.slice(at + 1),
		),
	];
	expect(isSignedBy('secret-of-the-project', body, signature)).toBe(true);
	expect(others.filter((other) => isSignedBy('secret-of-the-project', body, other))).toEqual([]);
	const withNone = createHmac('sha256', '').update(body).digest('hex');
	expect(isSignedBy('', body, withNone)).toBe(false);
	tally.count('signatures that do not fit', others.length + 1);
});
