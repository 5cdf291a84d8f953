import { aliasOf } from '../identifiers.mts';
import { isJsonObject, own, type Json } from '../json.mts';
import type { Profile } from '../profile.mts';
import type { Profiles } from '../profiles.mts';
import { chosen, readPrioritization } from './prioritization.mts';

/** How to find a user that a request names; undefined comes out when nobody matches, or more than one does. */
export type FindUser = (profiles: Profiles) => Profile | undefined;

/** Reads `{external_id}`, `{user_alias}`, `{email, prioritization}` or `{phone, prioritization}`; undefined when it is none of them. */
export function readNamedUser(sent: Json | undefined): FindUser | undefined {
	if (!isJsonObject(sent)) return undefined;
	const named = ['external_id', 'user_alias', 'email', 'phone'].filter(
		(name) => own(sent, name) !== undefined,
	);
	const allowed = 'email' in sent || 'phone' in sent ? 2 : 1;
	if (named.length !== 1 || Object.keys(sent).length !== allowed) return undefined;
	const { external_id, email, phone } = sent;
	if (typeof external_id === 'string') return (profiles) => profiles.find({ external_id });
	const user_alias = aliasOf(sent['user_alias']);
	if (user_alias !== undefined) return (profiles) => profiles.find({ user_alias });
	const prioritization = readPrioritization(sent['prioritization']);
	if (prioritization === undefined) return undefined;
	if (typeof email === 'string') return (profiles) => chosen(profiles.findAll({ email }), prioritization);
	if (typeof phone === 'string') return (profiles) => chosen(profiles.findAll({ phone }), prioritization);
	return undefined;
}
