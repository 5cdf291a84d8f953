// What may lie in the published package, and how big it may be.

const MAX_BYTES = 300 * 1024;
const TOP_LEVEL = new Set(['package.json', 'README.md', 'LICENSE', 'index.js']);
const NEVER = /(\.map|\.d\.[cm]?ts|\.tsbuildinfo|\.test\.[cm]?js)$/;
const DEPENDENCY_FIELDS = [
	'dependencies',
	'optionalDependencies',
	'bundleDependencies',
	'bundledDependencies',
] as const;

/** The parts of package.json that decide what n8n loads and installs. */
export interface Manifest {
	readonly n8n?: { readonly nodes?: readonly string[]; readonly credentials?: readonly string[] };
	readonly dependencies?: object;
	readonly optionalDependencies?: object;
	readonly bundleDependencies?: object;
	readonly bundledDependencies?: object;
}

/**
 * Says what is wrong with a packed package, a sentence a finding.
 * `sources` are the paths of all files below `nodes` and `credentials`, relative to the project and with forward slashes.
 */
export function packageFindings(
	tarball: { readonly size: number; readonly paths: readonly string[] },
	manifest: Manifest,
	sources: readonly string[],
): string[] {
	const findings: string[] = [];
	const packed = new Set(tarball.paths);
	const built = new Set(sources.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`));
	if (tarball.size > MAX_BYTES)
		findings.push(`The tarball has ${tarball.size} bytes; ${MAX_BYTES} are allowed.`);
	for (const path of packed) {
		if (NEVER.test(path)) findings.push(`${path} is of no use to n8n and must not be published.`);
		else if (path.startsWith('dist/') && !built.has(path))
			findings.push(`${path} has no source: build again.`);
		else if (!path.startsWith('dist/') && !TOP_LEVEL.has(path))
			findings.push(`${path} must not be published.`);
	}
	for (const path of [...TOP_LEVEL, ...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])]) {
		if (!packed.has(path)) findings.push(`${path} is missing from the package.`);
	}
	for (const field of DEPENDENCY_FIELDS) {
		if (Object.keys(manifest[field] ?? {}).length > 0)
			findings.push(`package.json has ${field}; n8n installs none.`);
	}
	return findings;
}

interface LockEntry {
	readonly resolved?: string;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Whether node's look-up, from the place of a package upwards, finds `name` among the places of a lock file. */
function isListed(places: ReadonlySet<string>, from: string, name: string): boolean {
	for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
		if (places.has(`${place === '' ? '' : `${place}/`}node_modules/${name}`)) return true;
		if (place === '') return false;
	}
}

/**
 * Says what is wrong with a package-lock.json (its text): packages that name the host they were downloaded from, and
 * optional packages without an entry (those of other platforms), because of which `npm ci` refuses the whole file.
 */
export function lockFileFindings(lockFile: string): string[] {
	const { packages }: { packages: Readonly<Record<string, LockEntry>> } = JSON.parse(lockFile);
	const places = new Set(Object.keys(packages));
	return Object.entries(packages).flatMap(([place, { resolved = '', optionalDependencies = {} }]) => [
		...(resolved.includes('://') ? [`package-lock.json names the host that ${place} came from.`] : []),
		...Object.keys(optionalDependencies)
			.filter((name) => !isListed(places, place, name))
			.map((name) => `package-lock.json has no entry for ${name}, an optional dependency of ${place}.`),
	]);
}
