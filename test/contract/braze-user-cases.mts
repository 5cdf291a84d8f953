import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import type { BrazeCase } from './braze-case.mts';

const ALIAS = { alias_name: 'a', alias_label: 'shop' };
const SEGMENT = WORKSPACE.segments[0]?.id;
const NEW_ALIAS = { method: 'POST', path: '/users/alias/new' } as const;
const IDENTIFY = { method: 'POST', path: '/users/identify' } as const;
const MERGE = { method: 'POST', path: '/users/merge' } as const;
const DELETE = { method: 'POST', path: '/users/delete' } as const;
const EXPORT_SEGMENT = { method: 'POST', path: '/users/export/segment' } as const;
const PAIR = { identifier_to_merge: { external_id: 'u' }, identifier_to_keep: { external_id: 'v' } };
const EMAIL = { external_id: 'u', email: 'u@example.com', prioritization: ['unidentified'] };

/** Requests about users' identities and segments that the contract allows. */
export const USERS_TAKEN: readonly BrazeCase[] = [
	{ ...NEW_ALIAS, name: 'an alias', body: { user_aliases: [{ external_id: 'u', ...ALIAS }] }, status: 201 },
	{
		...IDENTIFY,
		name: 'an alias',
		body: { aliases_to_identify: [{ external_id: 'v', user_alias: ALIAS }] },
		status: 201,
	},
	{ ...IDENTIFY, name: 'an email', body: { emails_to_identify: [EMAIL] }, status: 201 },
	{ ...MERGE, name: 'nobody to keep', body: { merge_updates: [PAIR] }, status: 202 },
	{ ...DELETE, name: 'one user', body: { external_ids: ['u'] }, status: 200 },
	{ ...DELETE, name: 'nobody', body: { external_ids: ['nobody'] }, status: 200 },
	{
		...EXPORT_SEGMENT,
		name: 'a segment',
		body: { segment_id: SEGMENT, fields_to_export: ['external_id'], output_format: 'gzip' },
		status: 200,
	},
];

/** Requests that it does not allow. */
export const USERS_REFUSED: readonly BrazeCase[] = [
	{ ...NEW_ALIAS, name: '51 aliases', body: { user_aliases: Array(51).fill(ALIAS) }, status: 400 },
	{ ...NEW_ALIAS, name: 'no aliases', body: {}, status: 400 },
	{ ...IDENTIFY, name: 'nobody', body: {}, status: 400 },
	{ ...MERGE, name: '51 pairs', body: { merge_updates: Array(51).fill(PAIR) }, status: 400 },
	{
		...MERGE,
		name: 'half a pair',
		body: { merge_updates: [{ identifier_to_keep: { external_id: 'v' } }] },
		status: 400,
	},
	{
		...DELETE,
		name: 'two kinds of identifier',
		body: { external_ids: ['u'], braze_ids: ['b'] },
		status: 400,
	},
	{ ...DELETE, name: '51 users', body: { external_ids: Array(51).fill('u') }, status: 400 },
	{ ...EXPORT_SEGMENT, name: 'no fields', body: { segment_id: SEGMENT }, status: 400 },
];
