import { WORKSPACE } from '../../sandbox/braze/workspace-seed.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { toFile } from '../nodes/exports.mts';
import { located } from '../nodes/voucherify.mts';
import { numbered, type WriteOperation } from './write-operation.mts';

const CAMPAIGNS = ['Summer Sale 20%', '10 Euro Off', 'Free Coffee'];
const state = ({ voucherify }: Sandbox) => voucherify.state;
const looking = { path: '^$', repeatable: true, done: () => 0, changesNothing: true } as const;

/** What changes nothing, but waits for work of the service, with three items each. */
export const WAITING_OPERATIONS: readonly WriteOperation[] = [
	{
		...looking,
		name: 'Export: Export to File',
		service: 'voucherify',
		parameters: toFile('={{ $json.name }}'),
		input: () => CAMPAIGNS.map((name) => ({ name })),
		job: { fail: (sandbox) => state(sandbox).exports.failNext(Infinity) },
	},
	{
		...looking,
		name: 'Async Action: Wait For',
		service: 'voucherify',
		parameters: { resource: 'asyncAction', operation: 'waitFor', asyncActionId: '={{ $json.id }}' },
		input: (sandbox) =>
			numbered(3, () => {
				const { id } = state(sandbox).asyncActions.start('VOUCHERS.IMPORT', () => ({ done: 0, failed: [] }));
				return { id };
			}),
		job: { fail: (sandbox) => state(sandbox).asyncActions.failNext(Infinity) },
	},
	{
		...looking,
		name: 'User: Export Segment',
		service: 'braze',
		parameters: {
			resource: 'user',
			operation: 'exportSegment',
			segment: located('id', '={{ $json.id }}'),
			fieldsToExport: ['email'],
			output: 'file',
			outputField: 'data',
		},
		input: () => WORKSPACE.segments.slice(0, 3).map(({ id }) => ({ id })),
		job: {
			fail: 'Braze has no word for it: the archive is not there, which is how one looks that never ends',
		},
	},
];
