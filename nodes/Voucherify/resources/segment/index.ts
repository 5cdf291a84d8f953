import type { Resource } from '../../../common/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getMembers } from './getMembers';

export const segment: Resource = {
	name: 'segment',
	displayName: 'Segment',
	operations: [getAll, get, getMembers, create, remove],
};
