// @n8n/scan-community-package ships no types; this is the part of it that the package scan calls.
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The patterns of source files that the scan looks at. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** Lints the files of a folder with the rules for verified community nodes. */
	export function analyzePackage(
		packageDir: string,
		filePatterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
