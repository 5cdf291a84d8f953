import type { Resource } from '../../../common/operation';
import { validate } from './validate';

export const validation: Resource = {
	name: 'validation',
	displayName: 'Validation',
	operations: [validate],
};
