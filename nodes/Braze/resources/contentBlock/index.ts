import type { Resource } from '../../../common/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const contentBlock: Resource = {
	name: 'contentBlock',
	displayName: 'Content Block',
	operations: [get, getAll, create, update],
};
