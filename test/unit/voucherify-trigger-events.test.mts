import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES, eventOptions } from '../../nodes/VoucherifyTrigger/eventTypes';
import { fields } from '../../nodes/VoucherifyTrigger/fields';
import { CONTRACTS_FOLDER, describeWithContract } from '../contract/contract.mts';

const SENT_BY: Readonly<Record<string, string>> = {
	project: 'webhook',
	distribution: 'distribution',
	'project,distribution': 'both',
	'': 'unstated',
};

describeWithContract('voucherify-events.json', 'event types and the contract', () => {
	it('agree on every type and on what sends it', () => {
		const contract: { events: Record<string, { kinds: string[] }> } = JSON.parse(
			readFileSync(join(CONTRACTS_FOLDER, 'voucherify-events.json'), 'utf8'),
		);
		const documented = Object.entries(contract.events).map(([type, { kinds }]) => [
			type,
			SENT_BY[kinds.join(',')],
		]);
		const offered = EVENT_TYPES.map(({ type, sentBy }) => [type, sentBy]);
		expect(offered.sort()).toEqual(documented.sort());
		expect(offered).toHaveLength(91);
	});
});

describe('the list of events', () => {
	it('is in alphabetical order, with "Any Event" first', () => {
		const names = eventOptions.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(eventOptions[0]).toMatchObject({ name: 'Any Event', value: '*' });
	});

	it('has no name twice, and says for each what sends it', () => {
		expect(new Set(eventOptions.map(({ name }) => name)).size).toBe(92);
		for (const { description } of eventOptions)
			expect(description).toMatch(/^Everything|: (sent by|Voucherify does not say)/);
	});

	it('is followed by what to do in Voucherify for the chosen events', () => {
		const notice = (name: string) =>
			fields.find((field) => field.name === name)?.displayOptions?.show?.events;
		expect(notice('webhookNotice')).toEqual(
			expect.arrayContaining(['*', 'redemption.succeeded', 'customer.rewarded']),
		);
		expect(notice('webhookNotice')).not.toContain('customer.segment.entered');
		expect(notice('distributionNotice')).toEqual(expect.arrayContaining(['*', 'customer.segment.entered']));
		expect(notice('distributionNotice')).not.toContain('customer.rewarded');
	});
});
