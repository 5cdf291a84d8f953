import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import { inBatches, type Batching, type OutputItem } from '../../../common/operation';
import { bodyOf, type Part } from '../../../common/packing';
import type { ItemParameters } from '../../../common/parameters';
import { isRecord } from '../../../common/record';
import { rowsOf } from '../../answer';
import { EXPORTABLE_FIELDS, IDENTIFYING_EXPORTS } from '../../exportFields';
import { identifierFields, readIdentifier, readIdentifyBy } from '../../track/identifier';
import { FIFTY } from './userBatches';

/** The request's field for each way to identify users, and how many of them one request takes. */
const REQUESTS = {
	externalId: { lane: 'external_ids', users: 50 },
	alias: { lane: 'user_aliases', users: 50 },
	brazeId: { lane: 'braze_id', users: 1 },
	email: { lane: 'email_address', users: 1 },
	phone: { lane: 'phone', users: 1 },
} as const;

export const exportIds = inBatches({
	name: 'exportIds',
	displayName: 'Export by ID',
	action: 'Export users by ID',
	description: 'Read the profiles of users, 50 in one request for external IDs and aliases',
	fields: [
		...identifierFields,
		{
			displayName: 'Fields',
			name: 'fieldsToExport',
			type: 'multiOptions',
			options: EXPORTABLE_FIELDS,
			default: ['custom_attributes', 'email', 'first_name', 'last_name'],
			required: true,
			description: 'What to read. The IDs of a user always come along; a field without a value is left out.',
		},
		{
			displayName: 'If Not Found',
			name: 'notFound',
			type: 'options',
			options: [
				{ name: 'Fail', value: 'fail', description: 'The item ends with an error' },
				{ name: 'Leave Out', value: 'leaveOut', description: 'No item comes out; the hint says how many' },
			],
			default: 'leaveOut',
			description: 'What to do about users that Braze does not know',
		},
	],
	open,
});

function open(fixed: ItemParameters): Batching {
	const by = readIdentifyBy(fixed);
	const { lane, users: perRequest } = REQUESTS[by];
	const names = EXPORTABLE_FIELDS.map(({ value }) => String(value));
	const chosen = fixed.choices('fieldsToExport', names);
	if (chosen.length === 0)
		throw fixed.invalid('fieldsToExport', 'is empty', 'Choose what to read of the users.');
	// Without its IDs nobody could tell whose profile it is.
	const fields_to_export = [...new Set([...IDENTIFYING_EXPORTS, ...chosen])];
	const fails = fixed.choice('notFound', ['leaveOut', 'fail']) === 'fail';
	const found = new Map<number, readonly OutputItem[]>();

	const match = (part: Part, users: readonly IDataObject[]) => {
		// Asked for one address alone, all that comes belongs to it.
		const own = perRequest === 1 ? users : users.filter((user) => isSame(user, lane, part.text));
		found.set(
			part.owner,
			own.map((json) => ({ json })),
		);
		return own.length;
	};

	return {
		limits: { ...FIFTY, combined: perRequest },
		read: (item) => {
			const [value] = Object.values(readIdentifier(item, by));
			return [{ owner: item.index, lane, text: JSON.stringify(value) }];
		},
		send: async (parts, run) => {
			const once = [...new Map(parts.map((part) => [part.text, part])).values()];
			const body =
				perRequest === 1
					? { [lane]: JSON.parse(once[0]?.text ?? '""') as string, fields_to_export }
					: bodyOf(once, { fields_to_export });
			const response = await run.client.send({
				method: 'POST',
				path: '/users/export/ids',
				body,
				repeatable: true,
			});
			const users = rowsOf(response, 'users').filter(isRecord);
			return parts.map((part) => {
				if (match(part, users) > 0) return undefined;
				run.count('users not found', 1);
				return fails ? new Failure({ message: `Braze has no user ${part.text}` }) : undefined;
			});
		},
		output: (_item, index) => found.get(index) ?? [],
	};
}

/** Whether a profile is the one that was asked for by this external ID or alias, given as JSON. */
function isSame(user: IDataObject, lane: string, text: string): boolean {
	if (lane === 'external_ids') return JSON.stringify(user.external_id) === text;
	const aliases = Array.isArray(user.user_aliases) ? user.user_aliases.filter(isRecord) : [];
	return aliases.some(({ alias_name, alias_label }) => JSON.stringify({ alias_name, alias_label }) === text);
}
