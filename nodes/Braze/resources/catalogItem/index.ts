import type { Resource } from '../../../common/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

export const catalogItem: Resource = {
	name: 'catalogItem',
	displayName: 'Catalog Item',
	operations: [get, getAll, create, upsert, update, remove],
};
