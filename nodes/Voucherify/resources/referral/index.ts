import type { Resource } from '../../../common/operation';
import { addHolders } from './addHolders';
import { getHolders } from './getHolders';
import { removeHolder } from './removeHolder';

export const referral: Resource = {
	name: 'referral',
	displayName: 'Referral',
	operations: [addHolders, getHolders, removeHolder],
};
