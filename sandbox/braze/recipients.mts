import { aliasOf } from './identifiers.mts';
import { isJsonArray, isJsonObject, own, type Json, type JsonObject } from './json.mts';
import type { Profile } from './profile.mts';
import type { Profiles } from './profiles.mts';
import { trackAttributes, type TrackTarget } from './track.mts';
import { chosen, readPrioritization } from './users/prioritization.mts';

/** Most recipients of one request. */
export const MOST_RECIPIENTS = 50;

/** Somebody that a message is meant for. */
export interface Recipient {
	/** Applies the recipient's attributes, and finds the user; undefined when there is none to send to. */
	readonly resolve: (target: TrackTarget) => Profile | undefined;
	/** As it was sent: `{external_user_id}`, `{user_alias}`, `{braze_id}` or `{email}`. */
	readonly user: JsonObject;
	/** `trigger_properties` or `canvas_entry_properties` of this recipient alone. */
	readonly properties: JsonObject;
}

const IDENTIFIERS = ['external_user_id', 'user_alias', 'braze_id', 'email'] as const;

/** Reads one recipient, or says why the request is refused. */
export function readRecipient(sent: Json, propertiesName: string): Recipient | string {
	if (!isJsonObject(sent)) return 'a recipient must be an object';
	const named = IDENTIFIERS.filter((name) => own(sent, name) !== undefined);
	const [name] = named;
	if (name === undefined || named.length > 1)
		return `a recipient must have exactly one of '${IDENTIFIERS.join("', '")}'`;
	const find = finder(name, sent);
	if (typeof find === 'string') return find;
	const attributes = own(sent, 'attributes') ?? {};
	const properties = own(sent, propertiesName) ?? own(sent, 'context') ?? {};
	if (!isJsonObject(attributes)) return "'attributes' of a recipient must be an object";
	if (!isJsonObject(properties)) return `'${propertiesName}' of a recipient must be an object`;
	const createsUser = own(sent, 'send_to_existing_only') === false;
	if (createsUser && name === 'user_alias') return "'send_to_existing_only' can't be false for a user alias";
	if (createsUser && own(sent, 'attributes') === undefined) {
		return "'send_to_existing_only' can only be false with 'attributes'";
	}
	const user = { [name]: sent[name] ?? null };
	const identifier = name === 'external_user_id' ? { external_id: sent[name] ?? null } : user;
	const resolve = (target: TrackTarget): Profile | undefined => {
		if (own(sent, 'attributes') !== undefined && (createsUser || find(target.profiles) !== undefined)) {
			trackAttributes(target, { ...attributes, ...identifier, _update_existing_only: !createsUser });
		}
		return find(target.profiles);
	};
	return { resolve, user, properties };
}

/** Reads the recipients of a request: 1 to 50; of one external ID that comes again, the last entry counts. */
export function readRecipients(
	sent: Json | undefined,
	propertiesName: string,
): readonly Recipient[] | string {
	if (!isJsonArray(sent) || sent.length === 0) return "'recipients' must be an array that is not empty";
	if (sent.length > MOST_RECIPIENTS)
		return `a single request may not contain more than ${MOST_RECIPIENTS} recipients`;
	const recipients = new Map<string, Recipient>();
	for (const entry of sent) {
		const recipient = readRecipient(entry, propertiesName);
		if (typeof recipient === 'string') return recipient;
		recipients.set(JSON.stringify(recipient.user), recipient);
	}
	return [...recipients.values()];
}

function finder(
	name: (typeof IDENTIFIERS)[number],
	sent: JsonObject,
): ((profiles: Profiles) => Profile | undefined) | string {
	const value = own(sent, name);
	if (name === 'user_alias') {
		const user_alias = aliasOf(value);
		return user_alias === undefined
			? "'user_alias' must have 'alias_name' and 'alias_label'"
			: (profiles) => profiles.find({ user_alias });
	}
	if (typeof value !== 'string' || value === '') return `'${name}' must be a string that is not empty`;
	if (name === 'external_user_id') return (profiles) => profiles.find({ external_id: value });
	if (name === 'braze_id') return (profiles) => profiles.find({ braze_id: value });
	const prioritization = readPrioritization(own(sent, 'prioritization'));
	if (prioritization === undefined) return "a recipient with 'email' must have a 'prioritization'";
	return (profiles) => chosen(profiles.findAll({ email: value }), prioritization);
}
