import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';
import { upsert } from './upsert';

export const customer: Resource = { name: 'customer', displayName: 'Customer', operations: [getAll, upsert] };
