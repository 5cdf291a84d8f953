import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../common/parameters';

/** The redemption that something is done with. */
export const redemptionIdField: INodeProperties = {
	displayName: 'Redemption ID',
	name: 'redemptionId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. r_0b12bc95690cd3f1de',
	description: 'The ID that the redemption got when something was redeemed',
};

export function readRedemptionId(item: ItemParameters): string {
	return item.requiredText('redemptionId', 'Enter the ID of a redemption, for example from Redeem.');
}
