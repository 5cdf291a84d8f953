import type { Resource } from '../../../common/operation';
import { create } from './create';
import { createAssignment } from './createAssignment';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getAssignments } from './getAssignments';
import { update } from './update';

export const reward: Resource = {
	name: 'reward',
	displayName: 'Reward',
	operations: [create, get, getAll, update, remove, getAssignments, createAssignment],
};
