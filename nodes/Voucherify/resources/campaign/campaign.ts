import { Failure } from '../../../common/failure';
import type { Run } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf, textOf } from '../../answer';

/** What has to be known of a campaign to publish its codes. */
export interface Campaign {
	readonly id: string;
	readonly name: string;
	/** Whether Voucherify itself gives a customer the same code again. */
	readonly joinsOnce: boolean;
	/** Whether its codes were made in advance and can run out. */
	readonly runsOut: boolean;
	/** Whether it has codes at all. */
	readonly hasCodes: boolean;
}

/**
 * The campaign behind a name or an ID, asked for once a run.
 * @throws {Failure} when there is none
 */
export async function findCampaign(run: Run, nameOrId: string): Promise<Campaign> {
	return await run.once(`campaign ${nameOrId}`, async () => {
		const response = await run.client.send({
			method: 'GET',
			path: path`/v1/campaigns/${nameOrId}`,
			accept: ['not_found', 'resource_not_found'],
		});
		if (response.errorCode !== undefined) {
			throw new Failure({
				message: `Voucherify has no campaign "${nameOrId}"`,
				description: 'Check its name or ID, and whether the credential belongs to the right project.',
				status: response.status,
				code: response.errorCode,
			});
		}
		const campaign = objectOf(response);
		const id = textOf(campaign.id);
		if (id === undefined)
			throw new Failure({ message: `Voucherify gave the campaign "${nameOrId}" without its ID` });
		return {
			id,
			name: textOf(campaign.name) ?? nameOrId,
			// Loyalty programs give each customer one card, whatever the setting says.
			joinsOnce: campaign.join_once === true || campaign.campaign_type === 'LOYALTY_PROGRAM',
			runsOut: campaign.type === 'STATIC',
			hasCodes: campaign.campaign_type !== 'PROMOTION',
		};
	});
}
