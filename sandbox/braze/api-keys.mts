/** What keys may be allowed to do; the names are Braze's own. */
export type Permission =
	| 'users.track'
	| 'users.track.bulk'
	| 'users.track.sync'
	| 'users.export.ids'
	| 'custom_attributes.get'
	| 'events.list'
	| 'campaigns.list'
	| 'canvas.list'
	| 'segments.list'
	| 'catalogs.get';

/** An API key with what it may do; `all` includes what is added to the sandbox later. */
export interface ApiKey {
	readonly key: string;
	readonly permissions: 'all' | readonly Permission[];
}

/** The workspace's REST API keys. */
export class ApiKeys {
	readonly #permissions = new Map<string, 'all' | ReadonlySet<string>>();

	constructor(keys: readonly ApiKey[]) {
		for (const key of keys) this.add(key);
	}

	/** Makes a key, or gives an existing one other permissions. */
	add({ key, permissions }: ApiKey): void {
		this.#permissions.set(key, permissions === 'all' ? 'all' : new Set(permissions));
	}

	/** Takes a key away. */
	revoke(key: string): void {
		this.#permissions.delete(key);
	}

	/** Whether the key exists. */
	has(key: string): boolean {
		return this.#permissions.has(key);
	}

	/** Whether the key exists and may do this. */
	allows(key: string, permission: Permission): boolean {
		const permissions = this.#permissions.get(key);
		return permissions === 'all' || (permissions?.has(permission) ?? false);
	}
}
