import type { Resource } from '../../../common/operation';
import { addMember } from './addMember';
import { adjustPoints } from './adjustPoints';
import { getManyMembers } from './getManyMembers';
import { getMember } from './getMember';
import { getRewards } from './getRewards';
import { getTransactions } from './getTransactions';
import { redeemReward } from './redeemReward';

export const loyalty: Resource = {
	name: 'loyalty',
	displayName: 'Loyalty',
	operations: [getMember, addMember, adjustPoints, getManyMembers, getRewards, getTransactions, redeemReward],
};
