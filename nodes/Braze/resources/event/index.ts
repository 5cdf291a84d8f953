import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';

export const event: Resource = { name: 'event', displayName: 'Event', operations: [getAll] };
