import type { Clock } from '../common/clock.mts';
import type { Random } from '../common/random.mts';
import { invalid, VoucherifyError } from './errors.mts';

/** Seconds that a token is good for. */
const LIFETIME_S = 900;

/** `api` opens everything, each other scope the routes whose path begins with it. */
export const SCOPES: ReadonlySet<string> = new Set([
	'api',
	'async-actions',
	'campaigns',
	'categories',
	'customers',
	'events',
	'exports',
	'locations',
	'loyalties',
	'metadata-schemas',
	'orders',
	'product-collections',
	'products',
	'promotions',
	'publications',
	'qualifications',
	'redemptions',
	'referrals',
	'rewards',
	'segments',
	'skus',
	'templates',
	'trash-bin',
	'validation-rules',
	'validation-rules-assignments',
	'validations',
	'vouchers',
]);

interface Token {
	readonly accessToken: string;
	readonly clientId: string;
	/** Seconds since 1970. */
	readonly expiresAt: number;
	readonly scope: string;
}

/** Tokens that stand in for the keys for a quarter of an hour. */
export class OAuth {
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #tokens = new Map<string, Token>();

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	/** Grants a token. Throws 400 `invalid_grant_type` or `invalid_scope`. */
	grant(clientId: string, grantType: string | null, scope: string | null): Record<string, unknown> {
		if (grantType !== 'client_credentials') {
			throw invalid('invalid_grant_type', 'Invalid grant type', 'grant_type should be client_credentials');
		}
		const scopes = (scope ?? '').split(' ').filter((name) => name !== '');
		const unknown = scopes.find((name) => !SCOPES.has(name));
		if (scopes.length === 0 || unknown !== undefined) {
			const details = unknown === undefined ? 'scope is required' : `Scope ${unknown} does not exist`;
			throw invalid('invalid_scope', 'Invalid scope', details);
		}
		const token: Token = {
			accessToken: this.#random.id('', 64),
			clientId,
			expiresAt: Math.floor(this.#clock.millis() / 1000) + LIFETIME_S,
			scope: scopes.join(' '),
		};
		this.#tokens.set(token.accessToken, token);
		return toToken(token);
	}

	/** What a token is good for; only `active: false` once it is not. */
	introspect(accessToken: string | null): Record<string, unknown> {
		const token = this.#valid(accessToken ?? '');
		return token === undefined ? { active: false } : { active: true, ...toToken(token) };
	}

	/** Ends a token; false when there is none. */
	revoke(accessToken: string | null): boolean {
		return this.#tokens.delete(accessToken ?? '');
	}

	/** Why a token does not open a path such as `/v1/vouchers/A?force=true`; undefined when it does. */
	refusal(accessToken: string, path: string): VoucherifyError | undefined {
		const token = this.#valid(accessToken);
		if (token === undefined) {
			return new VoucherifyError(
				401,
				'unauthorized',
				'Unauthorized',
				'The access token is invalid or has expired',
			);
		}
		const needed = /^\/v1\/([^/?]+)/.exec(path)?.[1] ?? '';
		const scopes = token.scope.split(' ');
		if (scopes.includes('api') || scopes.includes(needed)) return undefined;
		const details = `The access token lacks the scope ${needed}`;
		return new VoucherifyError(403, 'insufficient_scope', 'Insufficient scope', details);
	}

	#valid(accessToken: string): Token | undefined {
		const token = this.#tokens.get(accessToken);
		return token !== undefined && this.#clock.millis() < token.expiresAt * 1000 ? token : undefined;
	}
}

function toToken({ accessToken, clientId, expiresAt, scope }: Token): Record<string, unknown> {
	return {
		access_token: accessToken,
		client_id: clientId,
		expires_at: expiresAt,
		expires_in: LIFETIME_S,
		scope,
		token_type: 'Bearer',
	};
}
