import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { ApiRequest } from './service';

/** What stands in for the keys of a credential, for a while. */
export interface AccessToken {
	readonly value: string;
	/** How long it is good for, in ms from when it was handed out. */
	readonly lifetime: number;
}

/** How a service hands out tokens. */
export interface TokenGrant {
	/** Asks for a token. It carries the keys itself. */
	request(credential: ICredentialDataDecryptedObject): ApiRequest;
	/**
	 * The token in the answer.
	 * @throws {Failure} when there is none
	 */
	read(body: unknown): AccessToken;
}

interface HeldToken {
	readonly value: string;
	/** When it is replaced, in ms since the epoch. */
	readonly renewAt: number;
}

/** Tokens are replaced so long before they end, in ms: longer than a request usually waits before it is sent. */
const IN_TIME = 60_000;

/** The tokens of this process: without them, every short execution would ask for one of its own. */
const held = new Map<string, HeldToken>();

/** The token of one client: asked for once, however many requests wait for it, and shared with later executions. */
export class TokenKeeper {
	private readonly key: string;
	private asking: Promise<HeldToken> | undefined;

	/**
	 * @param identity everything that a token is asked for with; only who has the same keys gets the same token
	 * @param ask asks the service
	 */
	constructor(
		identity: unknown,
		private readonly ask: () => Promise<AccessToken>,
	) {
		this.key = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
	}

	/** A token that is not about to end. Throws what `ask` throws. */
	async token(): Promise<string> {
		const token = held.get(this.key);
		if (token !== undefined && Date.now() < token.renewAt) return token.value;
		this.asking ??= this.renew().finally(() => {
			this.asking = undefined;
		});
		return (await this.asking).value;
	}

	/** Drops a token that the service refuses, unless another request has had it replaced already. */
	drop(value: string): void {
		if (held.get(this.key)?.value === value) held.delete(this.key);
	}

	private async renew(): Promise<HeldToken> {
		const { value, lifetime } = await this.ask();
		const now = Date.now();
		for (const [key, { renewAt }] of held) if (renewAt <= now) held.delete(key);
		const token = { value, renewAt: now + lifetime - IN_TIME };
		held.set(this.key, token);
		return token;
	}
}
