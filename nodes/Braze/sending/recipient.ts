import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InvalidInput } from '../../common/failure';
import type { ItemParameters } from '../../common/parameters';
import { DEFAULT_PRIORITIZATION, PRIORITIZATIONS, rulesOf } from '../prioritization';
import { identifierFields, readIdentifier, readIdentifyBy } from '../track/identifier';
import { audienceOption, shownForUsers } from './sendTo';

/** The form fields that say which user of each item gets a message, for these ways to identify users. */
export function recipientFieldsBy(ways: readonly string[]): readonly INodeProperties[] {
	const shown = identifierFields.flatMap((field): INodeProperties[] => {
		if (field.name === 'identifyBy') {
			const options = (field.options ?? []).filter(
				(option) => 'value' in option && ways.includes(String(option.value)),
			);
			return [{ ...field, displayName: 'Identify Recipients By', options }];
		}
		const [by] = field.displayOptions?.show?.identifyBy ?? [];
		return ways.includes(String(by)) ? [field] : [];
	});
	return shown;
}

/** The ways to name recipients where Braze takes no others: messages that are written here, and transactional emails. */
export const NAMED = ['externalId', 'alias'] as const;

/** How recipients are named, where Braze takes only external IDs and aliases. */
export function readNamedBy(item: ItemParameters): (typeof NAMED)[number] {
	const by = readIdentifyBy(item);
	const named = NAMED.find((known) => known === by);
	if (named !== undefined) return named;
	throw item.invalid('identifyBy', `is "${by}"`, 'Braze sends these only to external IDs and user aliases.');
}

/** Braze sends to no phone number by itself. */
export const recipientFields = recipientFieldsBy(['externalId', 'brazeId', 'alias', 'email']).map(
	shownForUsers,
);

/** What holds for recipients alone. */
const ofUsers = { show: { '/sendTo': ['users'] } };

/** The options of a message to recipients, for the collection `options`. */
export const recipientOptions: readonly INodeProperties[] = [
	{
		displayName: 'Attributes',
		name: 'attributes',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"voucher_code": "SUMMER-7F3K"}',
		description: "Attributes to put on the recipient's profile before the message is sent",
		displayOptions: ofUsers,
	},
	audienceOption,
	{
		displayName: 'Existing Profiles Only',
		name: 'existingOnly',
		type: 'boolean',
		default: true,
		description:
			'Whether to send only to users that Braze knows. Turned off, Braze makes a profile of the attributes, which then must be given; it does so for no user alias.',
		displayOptions: ofUsers,
	},
	{
		displayName: 'If Several Have the Email',
		name: 'prioritization',
		type: 'options',
		options: PRIORITIZATIONS,
		default: DEFAULT_PRIORITIZATION,
		description: 'Which profile gets the message when recipients are identified by email',
		displayOptions: ofUsers,
	},
];

/** Reads one recipient of each item, all identified the same way. */
export function recipientReader(fixed: ItemParameters): (item: ItemParameters) => IDataObject {
	const by = readIdentifyBy(fixed);
	if (by === 'phone')
		throw fixed.invalid('identifyBy', 'is "phone"', 'Braze sends only to an ID, a user alias or an email.');
	return (item) => {
		const { external_id, ...identifier } = readIdentifier(item, by);
		const who = external_id === undefined ? identifier : { external_user_id: external_id };
		const rules =
			by === 'email' ? { prioritization: rulesOf(item.optionText('options', 'prioritization')) } : {};
		const attributes = item.objectOption('options', 'attributes');
		const hasAttributes = Object.keys(attributes).length > 0;
		const existingOnly = item.optionFlag('options', 'existingOnly');
		if (existingOnly === false && !hasAttributes)
			throw new InvalidInput(
				'Existing Profiles Only',
				'is turned off, and there are no attributes',
				'Add the option "Attributes": Braze makes a profile only of attributes.',
			);
		if (existingOnly === false && by === 'alias')
			throw new InvalidInput(
				'Existing Profiles Only',
				'is turned off, and recipients are identified by user alias',
				'Identify them otherwise, or make their profiles by User → Track first.',
			);
		return {
			...who,
			...rules,
			...(hasAttributes ? { attributes } : {}),
			// With an alias Braze does not allow the field at all.
			...(existingOnly === undefined || by === 'alias' ? {} : { send_to_existing_only: existingOnly }),
		};
	};
}
