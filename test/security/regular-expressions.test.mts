import { type Diagnostics, checkSync } from 'recheck';
import ts from 'typescript';
import { redactor } from '../../nodes/common/redaction';
import { findAll, placeOf, publishedSources } from './source-files.mts';
import { Tally } from './tally.mts';

// Its engine in JavaScript: the others want a program of the platform or Java.
process.env.RECHECK_BACKEND = 'pure';

const tally = new Tally();
const sources = publishedSources();

/** Made of the secrets of a credential, and checked by itself. */
const MADE = 'nodes/common/redaction.ts';

/** Why an expression can be made slow, or that it could not be told. */
function slowness(source: string, flags: string): string | undefined {
	// Where nothing can be proved it tries at random, and seldom takes a pattern for slow that is not: the same tries each time.
	const verdict: Diagnostics = checkSync(source, flags, { timeout: 60_000, randomSeed: 1 });
	if (verdict.status === 'safe') return undefined;
	return verdict.status === 'vulnerable'
		? `${verdict.complexity.summary}: ${JSON.stringify(verdict.attack.string).slice(0, 60)}`
		: `not told: ${verdict.error.kind}`;
}

test('No regular expression can be made slow by what it is given', () => {
	const literals = sources.flatMap((file) =>
		findAll(file, ts.isRegularExpressionLiteral).map((literal) => {
			const end = literal.text.lastIndexOf('/');
			return {
				place: placeOf(file, literal),
				source: literal.text.slice(1, end),
				flags: literal.text.slice(end + 1),
			};
		}),
	);
	const slow = literals.flatMap(({ place, source, flags }) => {
		const why = slowness(source, flags);
		return why === undefined ? [] : [`${place} /${source}/${flags} ${why}`];
	});
	tally.count('regular expressions', literals.length, slow.length);
	expect(literals.length).toBeGreaterThan(40);
	expect(slow).toEqual([]);
}, 300_000);

test('Regular expressions are made while running in one place alone', () => {
	const made = sources.filter((file) => {
		const named = [...findAll(file, ts.isNewExpression), ...findAll(file, ts.isCallExpression)];
		return named.some(({ expression }) => expression.getText(file.tree) === 'RegExp');
	});
	expect(made.map(({ path }) => path)).toEqual([MADE]);
});

test('The one that finds secrets is not slow either', () => {
	const made: Array<[source: string, flags: string]> = [];
	const { RegExp: original } = globalThis;
	globalThis.RegExp = new Proxy(original, {
		construct: (target, [source, flags]: [string, string]) => {
			made.push([source, flags]);
			return new target(source, flags);
		},
	});
	try {
		// Characters of every kind of form, those that escapes are written with among them.
		redactor(['a"&#0;%\\']);
	} finally {
		globalThis.RegExp = original;
	}
	tally.count('regular expressions made of secrets', made.length);
	expect(made.length).toBe(1);
	expect(made.map(([source, flags]) => slowness(source, flags))).toEqual([undefined]);
}, 120_000);
