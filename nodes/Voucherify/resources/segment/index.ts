import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';

export const segment: Resource = { name: 'segment', displayName: 'Segment', operations: [getAll] };
