import type { Resource } from '../../../common/operation';
import { get } from './get';
import { getAll } from './getAll';

export const segment: Resource = { name: 'segment', displayName: 'Segment', operations: [get, getAll] };
