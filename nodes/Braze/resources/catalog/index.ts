import type { Resource } from '../../../common/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const catalog: Resource = {
	name: 'catalog',
	displayName: 'Catalog',
	operations: [getAll, get, create, update, remove],
};
