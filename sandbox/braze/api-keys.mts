/** What keys may be allowed to do; the names are Braze's own. */
export type Permission =
	| 'users.track'
	| 'users.track.bulk'
	| 'users.track.sync'
	| 'users.alias.new'
	| 'users.identify'
	| 'users.merge'
	| 'users.delete'
	| 'users.export.ids'
	| 'users.export.segment'
	| 'custom_attributes.get'
	| 'events.list'
	| 'campaigns.list'
	| 'campaigns.details'
	| 'campaigns.trigger.send'
	| 'canvas.list'
	| 'canvas.trigger.send'
	| 'messages.send'
	| 'transactional.send'
	| 'segments.list'
	| 'segments.details'
	| 'subscription.status.set'
	| 'subscription.groups.get'
	| 'catalogs.get'
	| 'catalogs.create'
	| 'catalogs.delete'
	| 'catalogs.create_fields'
	| 'catalogs.delete_fields'
	| 'catalogs.get_items'
	| 'catalogs.add_items'
	| 'catalogs.update_items'
	| 'catalogs.replace_items'
	| 'catalogs.delete_items'
	| 'catalogs.get_item'
	| 'catalogs.create_item'
	| 'catalogs.update_item'
	| 'catalogs.replace_item'
	| 'catalogs.delete_item'
	| 'content_blocks.list'
	| 'content_blocks.info'
	| 'content_blocks.create'
	| 'content_blocks.update';

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
