import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../common/failure';
import { perItem, type OutputItem, type Run } from '../../../common/operation';
import { endOfBegun, readLongestWait, untilDone } from '../../../common/polling';
import { path } from '../../../common/urlPath';
import { objectOf, textOf } from '../../answer';
import { createFields, readNewCampaign } from './createFields';
import { simplifyCampaign } from './simplifyCampaign';

interface Input {
	readonly body: IDataObject;
	readonly waits: boolean;
	/** In ms. */
	readonly longestWait: number;
	readonly simplify: boolean;
}

export const create = perItem<Input>({
	name: 'create',
	displayName: 'Create',
	action: 'Create a campaign',
	description:
		'Create a campaign of coupons, gift cards, loyalty cards, referrals or promotions, and wait until its codes are there',
	fields: createFields,
	read: (item) => ({
		body: readNewCampaign(item),
		waits: item.flag('waits'),
		longestWait: readLongestWait(item),
		simplify: item.flag('simple'),
	}),
	run: send,
});

async function send({ body, waits, longestWait, simplify }: Input, run: Run): Promise<readonly OutputItem[]> {
	const created = objectOf(await run.client.send({ method: 'POST', path: '/v1/campaigns', body }));
	const campaign = waits ? await ready(run, created, longestWait) : created;
	return [{ json: simplify ? simplifyCampaign(campaign) : campaign }];
}

/**
 * The campaign once its codes are there.
 * @throws {Failure} when Voucherify could not make them; `uncertain` when their end can't be seen, for the campaign is there by then
 */
async function ready(run: Run, created: IDataObject, longestWait: number): Promise<IDataObject> {
	const campaign = hasEnded(created) ? created : await endOfBegun(whenEnded(run, created, longestWait));
	if (!statesOf(campaign).includes('FAILED')) return campaign;
	throw new Failure({
		message: `Voucherify could not create the campaign "${String(campaign.name)}"`,
		description:
			'It says nothing more about it. Check the format of its codes: there may be too few of them.',
		code: 'campaign_creation_failed',
	});
}

async function whenEnded(run: Run, created: IDataObject, longestWait: number): Promise<IDataObject> {
	const id = textOf(created.id);
	if (id === undefined)
		throw new Failure({ message: 'Voucherify created the campaign, but did not say under which ID' });
	const job = {
		name: `campaign ${id}`,
		look: async () => {
			const campaign = objectOf(await run.client.send({ method: 'GET', path: path`/v1/campaigns/${id}` }));
			return hasEnded(campaign) ? campaign : undefined;
		},
		remedy: 'Raise "Wait at Most", or look at it later with Campaign: Get.',
	};
	return await untilDone(run, job, longestWait);
}

/** Whether the making of a campaign and its codes has come to its end, good or bad. */
function hasEnded(campaign: IDataObject): boolean {
	const states = statesOf(campaign);
	const [creation, generation] = states;
	// A campaign without codes may never leave the first state of their generation.
	const isDone =
		(creation ?? 'DONE') === 'DONE' && !['IN_PROGRESS', 'MODIFYING'].includes(String(generation));
	return isDone || states.includes('FAILED');
}

function statesOf({ creation_status, vouchers_generation_status }: IDataObject): readonly unknown[] {
	return [creation_status, vouchers_generation_status];
}
