import type { Resource } from '../../../common/operation';
import { send } from './send';

export const transactionalEmail: Resource = {
	name: 'transactionalEmail',
	displayName: 'Transactional Email',
	operations: [send],
};
