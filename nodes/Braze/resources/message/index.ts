import type { Resource } from '../../../common/operation';
import { send } from './send';

export const message: Resource = { name: 'message', displayName: 'Message', operations: [send] };
