import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';

export const customAttribute: Resource = {
	name: 'customAttribute',
	displayName: 'Custom Attribute',
	operations: [getAll],
};
