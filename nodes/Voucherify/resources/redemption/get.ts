import { perItem } from '../../../common/operation';
import { path } from '../../../common/urlPath';
import { objectOf } from '../../answer';
import { simplifyField } from '../../pagingFields';
import { readRedemptionId, redemptionIdField } from './redemptionIdField';
import { simplifyRedemption } from './simplifyRedemption';

interface Input {
	readonly id: string;
	readonly simplify: boolean;
}

export const get = perItem<Input>({
	name: 'get',
	displayName: 'Get',
	action: 'Get a redemption',
	description: 'See what was redeemed, by whom, and whether it was rolled back',
	fields: [redemptionIdField, simplifyField],
	read: (item) => ({ id: readRedemptionId(item), simplify: item.flag('simple') }),
	run: async ({ id, simplify }, run) => {
		const redemption = objectOf(await run.client.send({ method: 'GET', path: path`/v1/redemptions/${id}` }));
		return [{ json: simplify ? simplifyRedemption(redemption) : redemption }];
	},
});
