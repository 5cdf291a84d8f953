import type { Resource } from '../../../common/operation';
import { get } from './get';
import { getAll } from './getAll';

export const promotionTier: Resource = {
	name: 'promotionTier',
	displayName: 'Promotion Tier',
	operations: [getAll, get],
};
