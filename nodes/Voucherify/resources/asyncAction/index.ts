import type { Resource } from '../../../common/operation';
import { get } from './get';
import { getAll } from './getAll';
import { waitFor } from './waitFor';

export const asyncAction: Resource = {
	name: 'asyncAction',
	displayName: 'Async Action',
	operations: [get, getAll, waitFor],
};
