import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.mts';
import { BRAZE_CONTRACT } from '../contract/braze-contract.mts';
import { problemsOfBrazeTraffic } from '../contract/braze-traffic.mts';
import { describeWithContract } from '../contract/contract.mts';
import { requestsTo, runBraze } from './braze.mts';
import { expectSchema } from './output-schema.mts';
import { startStandIn } from './braze-stand-in.mts';
import { failureOf, jsonOf } from './voucherify.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const operation = (name: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'user',
	operation: name,
	identifyBy: 'externalId',
	...more,
});
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ external_id: `user-${n}` }));
const known = (externalId: string) => sandbox.braze.state.getUser({ external_id: externalId });

/** Puts users into Braze. */
async function make(profiles: readonly IDataObject[], more: INodeParameters = {}) {
	const { error } = await runBraze(sandbox, operation('track', more), profiles);
	expect(error).toBeUndefined();
	sandbox.log.clear();
}
const aliasOnly = (alias_name: string): IDataObject => ({ alias_name, alias_label: 'shop', tier: 'gold' });
const byAlias = { identifyBy: 'alias', options: { existingOnly: false } };

const exporting = (more: INodeParameters = {}) =>
	operation('exportIds', { fieldsToExport: ['email', 'custom_attributes'], notFound: 'leaveOut', ...more });
const aliasing: INodeParameters = {
	externalId: '={{ $json.external_id }}',
	aliasName: '={{ "alias-" + $json.external_id }}',
	aliasLabel: 'shop',
};
const identifying: INodeParameters = {
	externalId: '={{ "id-" + $json.alias_name }}',
	findBy: 'alias',
	aliasName: '={{ $json.alias_name }}',
	aliasLabel: '={{ $json.alias_label }}',
	mergeBehavior: 'merge',
};
const merging: INodeParameters = {
	mergeBy: 'externalId',
	mergeUser: '={{ $json.old }}',
	keepBy: 'externalId',
	keepUser: '={{ $json.new }}',
};

describe('Export by ID', () => {
	test('reads 120 profiles in three requests, each beside the item that asked for it', async () => {
		await make(users(120).map((user, n) => ({ ...user, score: n })));
		const { items } = await runBraze(sandbox, exporting(), users(120));
		expect(requestsTo(sandbox, 'POST /users/export/ids')).toBe(3);
		items.forEach((item, n) => {
			expect(item.json).toMatchObject({ external_id: `user-${n}`, custom_attributes: { score: n } });
			expect(item.pairedItem).toEqual({ item: n });
		});
		expect(items).toHaveLength(120);
	});

	test('leaves out who is not there, and says how many', async () => {
		await make([...users(2), { external_id: 'user-5' }].map((user) => ({ ...user, tier: 'gold' })));
		const { items, hints } = await runBraze(sandbox, exporting(), users(6));
		expect(jsonOf(items).map(({ external_id }) => external_id)).toEqual(['user-0', 'user-1', 'user-5']);
		expect(items[2]?.pairedItem).toEqual({ item: 5 });
		expect(hints[0]?.message).toContain('3 users not found');
	});

	test('fails for who is not there, when told so', async () => {
		await make([{ external_id: 'user-0', tier: 'gold' }]);
		const { items } = await runBraze(sandbox, exporting({ notFound: 'fail' }), users(2), {
			onError: 'continueRegularOutput',
		});
		expect(items[0]?.json.external_id).toBe('user-0');
		expect(failureOf(items[1]).message).toBe('Braze has no user "user-1"');
	});

	test('gives a profile to each item that names it, and asks for it once', async () => {
		await make([{ external_id: 'user-0', tier: 'gold' }]);
		const { items } = await runBraze(sandbox, exporting(), [...users(1), ...users(1)]);
		expect(items).toHaveLength(2);
		expect(sandbox.log.entries()[0]?.requestBody).toMatchObject({ external_ids: ['user-0'] });
	});

	test('reads by alias, by Braze ID, and every profile with an email', async () => {
		await make([aliasOnly('a-1')], byAlias);
		await make([
			{ external_id: 'x', email: 'a@example.com' },
			{ external_id: 'y', email: 'a@example.com' },
		]);
		const found = await runBraze(sandbox, exporting({ identifyBy: 'alias' }), [aliasOnly('a-1')]);
		expect(jsonOf(found.items)[0]).toMatchObject({ custom_attributes: { tier: 'gold' } });
		const same = await runBraze(sandbox, exporting({ identifyBy: 'email' }), [{ email: 'a@example.com' }]);
		expect(jsonOf(same.items).map(({ external_id }) => external_id)).toEqual(['x', 'y']);
		const { braze_id } = same.items[0]?.json ?? {};
		const one = await runBraze(sandbox, exporting({ identifyBy: 'brazeId' }), [{ braze_id }]);
		expect(jsonOf(one.items).map(({ external_id }) => external_id)).toEqual(['x']);
	});

	test('puts out what its schema says', async () => {
		await make([
			{
				external_id: 'user-0',
				email: 'a@example.com',
				first_name: 'Ada',
				last_name: 'Lovelace',
				tier: 'gold',
			},
		]);
		await runBraze(sandbox, operation('createAlias', aliasing), users(1));
		const fieldsToExport = ['custom_attributes', 'email', 'first_name', 'last_name'];
		const { items } = await runBraze(sandbox, exporting({ fieldsToExport }), users(1));
		expectSchema(
			'Braze',
			'user/exportIds',
			jsonOf(items).map((user) => ({ ...user, custom_attributes: {} })),
		);
	});
});

describe('Create Alias', () => {
	test('gives 60 users an alias in two requests', async () => {
		await make(users(60).map((user) => ({ ...user, tier: 'gold' })));
		const { items, error } = await runBraze(sandbox, operation('createAlias', aliasing), users(60));
		expect(error).toBeUndefined();
		expect(jsonOf(items)).toEqual(users(60));
		expect(requestsTo(sandbox, 'POST /users/alias/new')).toBe(2);
		const user_alias = { alias_name: 'alias-user-59', alias_label: 'shop' };
		expect(sandbox.braze.state.getUser({ user_alias })?.externalId).toBe('user-59');
	});
});

describe('Identify', () => {
	test('gives alias-only users an external ID', async () => {
		await make([aliasOnly('a-1'), aliasOnly('a-2')], byAlias);
		const { error } = await runBraze(sandbox, operation('identify', identifying), [
			aliasOnly('a-1'),
			aliasOnly('a-2'),
		]);
		expect(error).toBeUndefined();
		expect(requestsTo(sandbox, 'POST /users/identify')).toBe(1);
		expect(known('id-a-1')?.customAttributes.tier).toBe('gold');
		expect(known('id-a-2')?.customAttributes.tier).toBe('gold');
	});

	test('finds users by email, and sends the rules for several of them', async () => {
		const parameters = operation('identify', {
			externalId: 'id-1',
			findBy: 'email',
			email: 'a@example.com',
			prioritization: 'unidentified,most_recently_updated',
			mergeBehavior: 'none',
		});
		await runBraze(sandbox, parameters, [{}]);
		expect(sandbox.log.entries()[0]?.requestBody).toEqual({
			merge_behavior: 'none',
			emails_to_identify: [
				{
					external_id: 'id-1',
					email: 'a@example.com',
					prioritization: ['unidentified', 'most_recently_updated'],
				},
			],
		});
	});

	test('tells which user Braze did not take, whatever it calls the list', async () => {
		const braze = await startStandIn();
		braze.answer(() => ({
			status: 201,
			body: {
				message: 'success',
				aliases_processed: 1,
				errors: [{ type: 'alias does not exist', input_array: 'user_identifiers', index: 1 }],
			},
		}));
		const input = [aliasOnly('a-1'), aliasOnly('a-2')];
		const { items } = await braze.run(operation('identify', identifying), input, {
			onError: 'continueRegularOutput',
		});
		await braze.server.close();
		expect(items[0]?.json).toEqual(aliasOnly('a-1'));
		expect(failureOf(items[1]).message).toContain('alias does not exist');
	});
});

describe('Merge', () => {
	test('merges one user into another, and says that Braze does not tell what it found', async () => {
		await make([
			{ external_id: 'old', tier: 'gold' },
			{ external_id: 'new', city: 'Lyon' },
		]);
		const { hints } = await runBraze(sandbox, operation('merge', merging), [{ old: 'old', new: 'new' }]);
		expect(known('old')).toBeUndefined();
		expect({ ...known('new')?.customAttributes }).toEqual({ city: 'Lyon', tier: 'gold' });
		expect(hints[0]?.message).toContain('does not say which pairs it did not find');
	});

	test.each([
		['externalId', 2],
		['email', 1],
	])('by %s is sent %i times when an answer is lost', async (mergeBy, times) => {
		sandbox.faults.add({
			service: 'braze',
			kind: 'status',
			status: 503,
			body: { message: 'later' },
			times: 1,
		});
		await runBraze(sandbox, operation('merge', { ...merging, mergeBy }), [
			{ old: 'a@example.com', new: 'b' },
		]);
		expect(sandbox.log.entries()).toHaveLength(times);
	});

	test('refuses a user and himself', async () => {
		const { error } = await runBraze(sandbox, operation('merge', merging), [{ old: 'a', new: 'a' }]);
		expect(error?.message).toContain('"User to Keep" is the user to merge');
		expect(sandbox.log.entries()).toHaveLength(0);
	});
});

describe('Delete', () => {
	test('deletes 60 users in two requests, and no other', async () => {
		await make(users(61).map((user) => ({ ...user, tier: 'gold' })));
		const { hints } = await runBraze(sandbox, operation('delete'), users(60));
		expect(requestsTo(sandbox, 'POST /users/delete')).toBe(2);
		expect(sandbox.braze.state.profiles.size).toBe(1);
		expect(known('user-60')).toBeDefined();
		expect(hints[0]?.message).toContain('60 users deleted');
	});

	test('says so when Braze did not find all of them', async () => {
		await make([{ external_id: 'user-0', tier: 'gold' }]);
		const { hints } = await runBraze(sandbox, operation('delete'), users(2));
		expect(hints[0]?.message).toContain('did not find all of the users');
	});

	test('is not sent twice by email, which would delete another user', async () => {
		sandbox.faults.add({
			service: 'braze',
			kind: 'status',
			status: 503,
			body: { message: 'later' },
			times: 1,
		});
		const parameters = operation('delete', { identifyBy: 'email', prioritization: 'least_recently_updated' });
		const { error } = await runBraze(sandbox, parameters, [{ email: 'a@example.com' }]);
		expect(error).toBeDefined();
		expect(sandbox.log.entries()).toHaveLength(1);
	});
});

describeWithContract(BRAZE_CONTRACT, 'What operations on users exchange with Braze', () => {
	test.each<[string, INodeParameters, IDataObject[]]>([
		['exportIds', exporting(), users(2)],
		['exportIds', exporting({ identifyBy: 'alias' }), [aliasOnly('a')]],
		['exportIds', exporting({ identifyBy: 'email' }), [{ email: 'a@example.com' }]],
		['createAlias', operation('createAlias', aliasing), users(2)],
		['createAlias', operation('createAlias', { ...aliasing, externalId: '' }), users(2)],
		['identify', operation('identify', identifying), [aliasOnly('a')]],
		[
			'identify',
			operation('identify', {
				...identifying,
				findBy: 'phone',
				phone: '+491511234567',
				prioritization: 'most_recently_updated',
			}),
			[aliasOnly('a')],
		],
		['merge', operation('merge', merging), [{ old: 'a', new: 'b' }]],
		[
			'merge',
			operation('merge', { ...merging, mergeBy: 'email', keepBy: 'phone' }),
			[{ old: 'a@b.de', new: '+49' }],
		],
		['delete', operation('delete'), users(2)],
		['delete', operation('delete', { identifyBy: 'alias' }), [aliasOnly('a')]],
		[
			'delete',
			operation('delete', { identifyBy: 'phone', prioritization: 'most_recently_updated' }),
			[{ phone: '+491511234567' }],
		],
	])('is as foreseen: %s', async (_name, parameters, input) => {
		await runBraze(sandbox, parameters, input, { onError: 'continueRegularOutput' });
		expect(sandbox.log.entries()).toHaveLength(1);
		expect(problemsOfBrazeTraffic(sandbox)).toEqual([]);
	});
});
