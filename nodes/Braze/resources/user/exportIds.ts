import { Failure } from '../../../common/failure';
import { inBatches, type Batching, type OutputItem } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';
import { fieldsToExportField, readFieldsToExport } from '../../exportFields';
import { PROFILE_REQUESTS, profileLimits, readProfiles } from '../../profiles';
import { identifierFields, readIdentifier, readIdentifyBy } from '../../track/identifier';

export const exportIds = inBatches({
	name: 'exportIds',
	displayName: 'Export by ID',
	action: 'Export users by ID',
	description: 'Read the profiles of users, 50 in one request for external IDs and aliases',
	fields: [
		...identifierFields,
		{ ...fieldsToExportField, required: true },
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
	const { lane } = PROFILE_REQUESTS[by];
	const chosen = readFieldsToExport(fixed);
	if (chosen.length === 0)
		throw fixed.invalid('fieldsToExport', 'is empty', 'Choose what to read of the users.');
	const fails = fixed.choice('notFound', ['leaveOut', 'fail']) === 'fail';
	const found = new Map<number, readonly OutputItem[]>();

	return {
		limits: profileLimits(by),
		read: (item) => {
			const [value] = Object.values(readIdentifier(item, by));
			return [{ owner: item.index, lane, text: JSON.stringify(value) }];
		},
		send: async (parts, run) => {
			const profiles = await readProfiles(parts, by, chosen, run);
			return parts.map(({ owner, text }, at) => {
				const own = profiles[at] ?? [];
				found.set(
					owner,
					own.map((json) => ({ json })),
				);
				if (own.length > 0) return undefined;
				run.count('users not found', 1);
				return fails ? new Failure({ message: `Braze has no user ${text}` }) : undefined;
			});
		},
		output: (_item, index) => found.get(index) ?? [],
	};
}
