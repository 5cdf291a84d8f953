import type { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { pageOf, textOf } from '../../answer';
import { PAGE_SIZE } from '../../numberedPages';
import type { Campaign } from '../campaign/campaign';
import type { CustomerReference } from '../customer/customerReference';

/** Voucherify refuses pages of publications beyond this one. */
const LAST_PAGE = 100;

/** What a run has learned about campaigns that ran out of codes, by campaign ID. */
type Empty = Map<string, Failure>;

/** Who has a code of a campaign already, and under which keys. */
interface Given {
	readonly sourceIds: ReadonlySet<string>;
	readonly customers: ReadonlySet<string>;
	/** Whether these are all. */
	readonly complete: boolean;
}

/** Takes note that a campaign has no code left. Codes made on demand don't run out, and several at once may be refused where one is left. */
export async function noteEmpty(
	run: Run,
	campaign: Campaign,
	count: number,
	failure: Failure,
): Promise<void> {
	if (campaign.runsOut && count === 1) (await emptyOf(run)).set(campaign.id, failure);
}

/**
 * Fails an item at once when its campaign was found empty earlier in the run, and the item can't get a code it was given before.
 *
 * Each request for a code of an empty campaign is one from the quota for nothing, and there may be thousands to come. But refusing all
 * of them would be wrong: when a run is repeated, some of the remaining customers hold a code already, and publishing under their key
 * gives it back. Looking each key up costs as much as asking for the code. So the publications of the campaign are listed once, a
 * hundred in a request, and only who is among them is asked for. Beyond the 10,000 that can be listed it is not known who is, and
 * everyone is asked for.
 * @throws {Failure} the one that said that the campaign is empty
 */
export async function refuseIfEmpty(
	run: Run,
	campaign: Campaign,
	customer: CustomerReference,
	sourceId: string | undefined,
): Promise<void> {
	const failure = (await emptyOf(run)).get(campaign.id);
	if (failure === undefined) return;
	// Without a key nothing is given back, unless the campaign itself knows who has joined.
	if (sourceId === undefined && !campaign.joinsOnce) throw failure;
	const { sourceIds, customers, complete } = await run.once(
		`codes given of ${campaign.id}`,
		async () => await given(run, campaign),
	);
	const hasOne =
		sourceId === undefined ? customers.has(customer.id ?? customer.sourceId) : sourceIds.has(sourceId);
	if (complete && !hasOne) throw failure;
}

async function emptyOf(run: Run): Promise<Empty> {
	return await run.once('campaigns without codes', async () => await Promise.resolve<Empty>(new Map()));
}

async function given(run: Run, { name }: Campaign): Promise<Given> {
	const sourceIds = new Set<string>();
	const customers = new Set<string>();
	for (let page = 1; page <= LAST_PAGE; page++) {
		const response = await run.client.send({
			method: 'GET',
			path: '/v1/publications',
			query: { campaign: name, order: 'created_at', limit: PAGE_SIZE, page },
		});
		const { rows, total } = pageOf(response);
		if ((total ?? 0) > LAST_PAGE * PAGE_SIZE) return { sourceIds, customers, complete: false };
		for (const row of rows) {
			const customer = asRecord(row.customer);
			for (const id of [row.customer_id, customer?.id, customer?.source_id].map(textOf))
				if (id !== undefined) customers.add(id);
			const sourceId = textOf(row.source_id);
			if (sourceId !== undefined) sourceIds.add(sourceId);
		}
		if (rows.length < PAGE_SIZE) return { sourceIds, customers, complete: true };
	}
	return { sourceIds, customers, complete: false };
}
