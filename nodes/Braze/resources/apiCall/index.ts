import type { Resource } from '../../../common/operation';
import { send } from './send';

export const apiCall: Resource = { name: 'apiCall', displayName: 'API Call', operations: [send] };
