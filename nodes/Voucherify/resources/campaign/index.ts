import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';

export const campaign: Resource = { name: 'campaign', displayName: 'Campaign', operations: [getAll] };
