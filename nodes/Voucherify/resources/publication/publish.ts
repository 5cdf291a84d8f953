import type { IDataObject } from 'n8n-workflow';
import { asFailure, Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { asRecord } from '../../../common/record';
import { objectOf, textOf } from '../../answer';
import type { Campaign } from '../campaign/campaign';
import { customerBody, type CustomerReference } from '../customer/customerReference';
import { firstPublication } from './firstPublication';
import { noteEmpty, refuseIfEmpty } from './stock';

/** One publication to be made, with everything known that is needed for it. */
export interface Publication {
	readonly campaign: Campaign;
	readonly customer: CustomerReference;
	/** Under which Voucherify remembers it. */
	readonly sourceId: string | undefined;
	readonly count: number;
	readonly channel: string;
	readonly metadata: IDataObject;
	/** Whether the answer is wanted with everything that Voucherify says. */
	readonly whole: boolean;
}

/**
 * Hands out a code, or gives back the one that was handed out under the same `source_id`.
 * @returns the publication as Voucherify answers it
 * @throws {Failure} `uncertain` when the answer was lost and asking again could hand out a second code
 */
export async function publish(publication: Publication, run: Run): Promise<IDataObject> {
	const { campaign, customer, sourceId } = publication;
	if (sourceId === undefined && !campaign.joinsOnce) return await send(publication, run);
	// The same publication twice at once could find the service undecided which is the first.
	const key = sourceId ?? `${campaign.id} ${JSON.stringify(customer)}`;
	return await inTurn(run, key, async () => await send(publication, run));
}

/**
 * The body of a request to publish.
 * @param given what is handed out: a code of a campaign, or a certain voucher
 */
export function publicationBody(
	{
		customer,
		sourceId,
		channel,
		metadata,
	}: Pick<Publication, 'customer' | 'sourceId' | 'channel' | 'metadata'>,
	given: IDataObject,
): IDataObject {
	return {
		customer: customerBody(customer),
		...given,
		...(sourceId === undefined ? {} : { source_id: sourceId }),
		...(channel === '' ? {} : { channel }),
		...(Object.keys(metadata).length === 0 ? {} : { metadata }),
	};
}

async function send(publication: Publication, run: Run): Promise<IDataObject> {
	const { campaign, customer, sourceId, count, whole } = publication;
	await refuseIfEmpty(run, campaign, customer, sourceId);
	const response = await run.client
		.send({
			method: 'POST',
			path: '/v1/publications',
			body: publicationBody(publication, {
				campaign: { name: campaign.name, ...(count > 1 ? { count } : {}) },
			}),
			repeatable: sourceId !== undefined || campaign.joinsOnce,
			accept: ['duplicate_source_id'],
		})
		.catch(async (error: unknown) => {
			const failure = asFailure(error);
			if (failure.details.code === 'no_voucher_suitable_for_publication')
				await noteEmpty(run, campaign, count, failure);
			return await Promise.reject(failure);
		});
	if (response.errorCode === undefined || sourceId === undefined) return objectOf(response);
	return await firstPublication(run, sourceId, whole);
}

/**
 * Refuses a publication that Voucherify gave back for a key of the user's own which was used for somebody or something else: the code
 * belongs to another customer.
 * @throws {Failure} naming whom the key was used for
 */
export function checkKeyBelongs(answer: IDataObject, { campaign, customer, sourceId }: Publication): void {
	const holder = asRecord(answer.customer) ?? {};
	const [asked, found] =
		customer.id === undefined
			? [customer.sourceId, textOf(holder.source_id)]
			: [customer.id, textOf(holder.id)];
	const foundCampaign = textOf(asRecord(answer.voucher)?.campaign_id);
	const misused =
		found !== undefined && found !== asked
			? `customer "${found}"`
			: foundCampaign !== undefined && foundCampaign !== campaign.id
				? `campaign "${textOf(asRecord(answer.voucher)?.campaign) ?? foundCampaign}"`
				: undefined;
	if (misused === undefined) return;
	throw new Failure({
		message: `The key "${sourceId ?? ''}" was used for ${misused} before`,
		description:
			'A key stands for one publication. Make it of everything that tells publications apart, for example the mailing and the customer.',
	});
}

/** Does one thing after the other for the same key, and different keys at once. */
async function inTurn<T>(run: Run, key: string, work: () => Promise<T>): Promise<T> {
	const underWay = await run.once(
		'publications under way',
		async () => await Promise.resolve(new Map<string, Promise<unknown>>()),
	);
	const before = underWay.get(key) ?? Promise.resolve();
	const turn = before.then(work, work);
	underWay.set(key, turn);
	try {
		return await turn;
	} finally {
		if (underWay.get(key) === turn) underWay.delete(key);
	}
}
