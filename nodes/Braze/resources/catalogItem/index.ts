import type { Resource } from '../../../common/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { update } from './update';

export const catalogItem: Resource = {
	name: 'catalogItem',
	displayName: 'Catalog Item',
	operations: [get, create, update, remove],
};
