import type { Resource } from '../../../common/operation';
import { get } from './get';
import { getAll } from './getAll';
import { redeem } from './redeem';
import { rollBack } from './rollBack';

export const redemption: Resource = {
	name: 'redemption',
	displayName: 'Redemption',
	operations: [redeem, get, getAll, rollBack],
};
