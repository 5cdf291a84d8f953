import { createHash } from 'crypto';
import type { INodeProperties } from 'n8n-workflow';
import { Failure, shown } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import type { ItemParameters } from '../../../common/parameters';

const KINDS = ['execution', 'contents', 'ownKey', 'off'] as const;

/** What Braze takes as `external_send_id`. */
const SEND_ID = /^[a-zA-Z0-9\-_+/=]+$/;

/** When an email counts as the same as an earlier one. */
export type Prevention =
	{ readonly kind: 'execution' | 'contents' | 'off' } | { readonly kind: 'ownKey'; readonly key: string };

/** How a user chooses what counts as the same email; Braze remembers for 24 hours what it has sent. */
export const duplicatesFields: readonly INodeProperties[] = [
	{
		displayName: 'Prevent Duplicates',
		name: 'preventDuplicates',
		type: 'options',
		options: [
			{
				name: 'By Contents',
				value: 'contents',
				description:
					'A user gets an email with the same properties once in 24 hours, however often the workflow runs',
			},
			{
				name: 'By Execution',
				value: 'execution',
				description: 'A user gets an email with the same properties once within an execution',
			},
			{ name: 'By Own Key', value: 'ownKey', description: 'The same key sends once in 24 hours' },
			{
				name: 'Off',
				value: 'off',
				description: 'Each item sends. A lost answer is not asked for again.',
			},
		],
		default: 'execution',
		description: 'When an email counts as sent already. A lost answer is then safe to ask for again.',
	},
	{
		displayName: 'Key',
		name: 'ownKey',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. receipt-10001',
		description:
			'Identifies the email (its external_send_id in Braze), for example what it is about together with the order',
		displayOptions: { show: { preventDuplicates: ['ownKey'] } },
	},
];

/** Reads what counts as the same email. */
export function readPrevention(item: ItemParameters): Prevention {
	const kind = item.choice('preventDuplicates', KINDS);
	if (kind !== 'ownKey') return { kind };
	const key = item.requiredText('ownKey', 'Enter what identifies this email.');
	if (SEND_ID.test(key)) return { kind, key };
	throw item.invalid('ownKey', `is ${shown(key)}`, 'Use only letters, digits and the characters - _ + / =.');
}

/**
 * The ID under which Braze remembers an email for 24 hours; `undefined` for none.
 * @param email all that makes it the same one: campaign, recipient and properties
 */
export function sendIdOf(prevention: Prevention, email: unknown, run: Run): string | undefined {
	switch (prevention.kind) {
		case 'contents':
			return digest([email]);
		case 'execution': {
			const { executionId, instanceId } = run;
			if (!executionId)
				throw new Failure({
					message: 'This execution has no ID',
					description: 'Choose another way to prevent duplicates.',
				});
			return digest([instanceId, executionId, email]);
		}
		case 'ownKey':
			return prevention.key;
		case 'off':
			return undefined;
	}
}

function digest(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
