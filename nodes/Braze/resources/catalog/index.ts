import type { Resource } from '../../../common/operation';
import { create } from './create';
import { getAll } from './getAll';

export const catalog: Resource = {
	name: 'catalog',
	displayName: 'Catalog',
	operations: [getAll, create],
};
