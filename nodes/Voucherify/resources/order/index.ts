import type { Resource } from '../../../common/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { importInBulk } from './importInBulk';
import { update } from './update';

export const order: Resource = {
	name: 'order',
	displayName: 'Order',
	operations: [create, get, getAll, update, importInBulk],
};
