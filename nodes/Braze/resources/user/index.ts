import type { Resource } from '../../../common/operation';
import { track } from './track';

export const user: Resource = { name: 'user', displayName: 'User', operations: [track] };
