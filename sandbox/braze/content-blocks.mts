import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';

/** Largest content, in bytes. */
const LARGEST_CONTENT = 50 * 1024;
/** Blocks of one page of the list, unless `limit` says otherwise; and the most that it can say. */
const PAGE_SIZE = 100;
const LARGEST_PAGE = 1_000;

interface ContentBlock {
	readonly id: string;
	name: string;
	content: string;
	description: string | undefined;
	tags: readonly string[];
	state: 'active' | 'draft';
	readonly createdAt: number;
	editedAt: number;
}

/** What a request is refused for. */
export interface Problem {
	readonly problem: string;
}

/** The query of GET /content_blocks/list. */
export interface ContentBlockQuery {
	readonly modified_after?: string;
	readonly modified_before?: string;
	readonly limit?: string;
	readonly offset?: string;
}

type Changes = Partial<Pick<ContentBlock, 'name' | 'content' | 'description' | 'tags' | 'state'>>;

/** The workspace's Content Blocks, found by ID and by name in constant time. */
export class ContentBlocks {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #tags: ReadonlySet<string>;
	readonly #byId = new Map<string, ContentBlock>();
	readonly #byName = new Map<string, ContentBlock>();

	/** @param tags those that blocks can have; Braze makes none by its API */
	constructor(clock: Clock, random: Random, tags: Iterable<string>) {
		this.#clock = clock;
		this.#random = random;
		this.#tags = new Set(tags);
		this.create({
			name: 'voucher_terms',
			description: 'Terms of the running promotion',
			content: '<p>Valid until {{custom_attribute.${voucherify_expires_at}}}.</p>',
			tags: ['promotions'],
		});
	}

	/** IDs of all blocks, oldest first. */
	ids(): readonly string[] {
		return [...this.#byId.keys()];
	}

	/** GET /content_blocks/list: oldest first. */
	list(query: ContentBlockQuery): readonly unknown[] | Problem {
		const limit = Number(query.limit ?? PAGE_SIZE);
		const offset = Number(query.offset ?? 0);
		if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) return { problem: 'Limit is invalid' };
		if (!Number.isInteger(offset) || offset < 0) return { problem: 'Offset is invalid' };
		const after = Date.parse(query.modified_after ?? '1970-01-01');
		const before = Date.parse(query.modified_before ?? '3000-01-01');
		if (Number.isNaN(after) || Number.isNaN(before)) return { problem: 'Modified time is invalid' };
		return [...this.#byId.values()]
			.filter(({ editedAt }) => editedAt > after && editedAt < before)
			.slice(offset, offset + limit)
			.map((block) => ({ ...written(block), ...shared(block) }));
	}

	/** GET /content_blocks/info; undefined for an unknown ID. */
	info(id: string | undefined): Record<string, unknown> | undefined {
		const block = this.#byId.get(id ?? '');
		if (block === undefined) return undefined;
		return {
			content_block_id: block.id,
			content: block.content,
			description: block.description,
			...shared(block),
		};
	}

	/** POST /content_blocks/create */
	create(body: Json | undefined): Record<string, unknown> | Problem {
		const changes = this.#read(body);
		if ('problem' in changes) return changes;
		const { name, content } = changes;
		if (name === undefined) return { problem: 'Content Block name cannot be blank' };
		if (content === undefined) return { problem: 'Content cannot be blank' };
		if (this.#byName.has(name)) return { problem: 'Content Block name must be unique' };
		const now = this.#clock.millis();
		const defaults = { description: undefined, tags: [], state: 'active' } as const;
		const block: ContentBlock = {
			...defaults,
			...changes,
			name,
			content,
			id: this.#random.uuid(),
			createdAt: now,
			editedAt: now,
		};
		this.#byId.set(block.id, block);
		this.#byName.set(name, block);
		return { ...written(block), created_at: iso(now) };
	}

	/** POST /content_blocks/update: the name changes only while the block is a draft, and an active one stays active. */
	update(body: Json | undefined): Record<string, unknown> | Problem {
		const id = isJsonObject(body) ? own(body, 'content_block_id') : undefined;
		const block = typeof id === 'string' ? this.#byId.get(id) : undefined;
		if (block === undefined) return { problem: 'Content Block ID is invalid' };
		const changes = this.#read(body);
		if ('problem' in changes) return changes;
		if (changes.state === 'draft' && block.state === 'active') {
			return { problem: 'An active Content Block cannot become a draft' };
		}
		if (changes.name !== undefined && changes.name !== block.name) {
			if (block.state === 'active') return { problem: 'The name of an active Content Block cannot change' };
			if (this.#byName.has(changes.name)) return { problem: 'Content Block name must be unique' };
			this.#byName.delete(block.name);
			this.#byName.set(changes.name, block);
		}
		Object.assign(block, changes, { editedAt: this.#clock.millis() });
		return written(block);
	}

	toJSON(): readonly unknown[] {
		return [...this.#byId.values()];
	}

	#read(body: Json | undefined): Changes | Problem {
		if (!isJsonObject(body)) return { problem: 'A JSON object is required' };
		const problem = this.#problemOf(body);
		if (problem !== undefined) return { problem };
		const { name, content, description, tags, state } = body;
		return {
			...(typeof name === 'string' && { name }),
			...(typeof content === 'string' && { content }),
			...(typeof description === 'string' && { description }),
			...(isJsonArray(tags) && { tags: tags.map(String) }),
			...((state === 'active' || state === 'draft') && { state }),
		};
	}

	#problemOf({ name, content, description, tags, state }: JsonObject): string | undefined {
		if (name !== undefined && !(typeof name === 'string' && /^[A-Za-z0-9_-]{1,99}$/.test(name))) {
			return 'Content Block name can only contain alphanumeric characters, hyphens and underscores, and fewer than 100 of them';
		}
		if (content !== undefined && (typeof content !== 'string' || content === ''))
			return 'Content cannot be blank';
		if (typeof content === 'string' && Buffer.byteLength(content) > LARGEST_CONTENT) {
			return 'Content must be smaller than 50 KB';
		}
		if (
			description !== undefined &&
			!(typeof description === 'string' && description !== '' && description.length < 250)
		) {
			return 'Description must be 1 to 249 characters long';
		}
		if (state !== undefined && state !== 'active' && state !== 'draft')
			return 'Content Block state must be active or draft';
		if (tags === undefined) return undefined;
		if (!isJsonArray(tags)) return 'Tags must be an array';
		const unknown = tags.find((tag) => typeof tag !== 'string' || !this.#tags.has(tag));
		return unknown === undefined ? undefined : `Tag ${String(unknown)} does not exist`;
	}
}

function written(block: ContentBlock): Record<string, unknown> {
	return { content_block_id: block.id, liquid_tag: `{{content_blocks.\${${block.name}}}}` };
}

function shared({ name, tags, createdAt, editedAt }: ContentBlock): Record<string, unknown> {
	return {
		name,
		content_type: 'html',
		tags,
		inclusion_count: 0,
		created_at: iso(createdAt),
		last_edited: iso(editedAt),
	};
}

function iso(millis: number): string {
	return new Date(millis).toISOString();
}
