/**
 * How often a promise is tried that must hold for whatever comes: packing, answers, CSV, signatures, snippets and parameters. So many
 * cases take seconds as long as they are checked by node:assert: jest's `expect` takes longer than making a case and running it.
 */
export const MANY_CASES = { numRuns: 10_000 } as const;
