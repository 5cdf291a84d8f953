import type { Resource } from '../../../common/operation';
import { track } from './track';

export const event: Resource = { name: 'event', displayName: 'Event', operations: [track] };
