import { has, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import { isEmail, isPhone } from './standard-fields.mts';

/** Longest external_id, in bytes of UTF-8. */
const LONGEST_EXTERNAL_ID = 987;

/** A name under a label, for users without an external ID. */
export interface UserAlias {
	readonly alias_name: string;
	readonly alias_label: string;
}

/** The one thing that says whose data an object is. */
export type Identifier =
	| { readonly external_id: string }
	| { readonly braze_id: string }
	| { readonly user_alias: UserAlias }
	| { readonly email: string }
	| { readonly phone: string };

/** An identifier, or the error that Braze puts into its answer. */
export type IdentifierResult = { readonly identifier: Identifier } | { readonly error: string };

const STRONG = ['external_id', 'braze_id', 'user_alias'] as const;

/**
 * Whose data an object of users/track is: exactly one of external_id, braze_id and user_alias; without any of them
 * the email, else the phone number.
 */
export function identifierOf(object: JsonObject): IdentifierResult {
	const given = STRONG.filter((name) => has(object, name) && object[name] !== null);
	if (given.length > 1) {
		return {
			error: `Only one of 'external_id', 'braze_id' or 'user_alias' is allowed, but '${given.join("', '")}' are given`,
		};
	}
	if (given[0] === 'external_id') return externalId(object['external_id']);
	if (given[0] === 'braze_id') return brazeId(object['braze_id']);
	if (given[0] === 'user_alias') return userAlias(object['user_alias']);
	return emailOrPhone(own(object, 'email'), own(object, 'phone'));
}

/** A valid alias object, or undefined. */
export function aliasOf(value: Json | undefined): UserAlias | undefined {
	if (!isJsonObject(value)) return undefined;
	const { alias_name, alias_label } = value;
	if (typeof alias_name !== 'string' || typeof alias_label !== 'string') return undefined;
	return alias_name === '' || alias_label === '' ? undefined : { alias_name, alias_label };
}

function externalId(value: Json | undefined): IdentifierResult {
	if (typeof value !== 'string' || value === '')
		return { error: "'external_id' must be a string that is not empty" };
	if (Buffer.byteLength(value) > LONGEST_EXTERNAL_ID) return { error: 'EXTERNAL_USER_ID_TOO_LARGE' };
	return { identifier: { external_id: value } };
}

function brazeId(value: Json | undefined): IdentifierResult {
	if (typeof value !== 'string' || value === '')
		return { error: "'braze_id' must be a string that is not empty" };
	return { identifier: { braze_id: value } };
}

function userAlias(value: Json | undefined): IdentifierResult {
	const alias = aliasOf(value);
	if (alias === undefined) return { error: "'user_alias' must have 'alias_name' and 'alias_label'" };
	return { identifier: { user_alias: alias } };
}

function emailOrPhone(email: Json | undefined, phone: Json | undefined): IdentifierResult {
	if (email !== undefined && email !== null) {
		if (isEmail(email)) return { identifier: { email } };
		return { error: "The value provided for the 'email' field is not a valid email." };
	}
	if (phone !== undefined && phone !== null) {
		if (isPhone(phone)) return { identifier: { phone } };
		return { error: "The value provided for the 'phone' field is not a valid phone number." };
	}
	return { error: "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required" };
}
