import type { Resource } from '../../../common/operation';
import { create } from './create';
import { getAll } from './getAll';

export const publication: Resource = {
	name: 'publication',
	displayName: 'Publication',
	operations: [create, getAll],
};
