import type { Resource } from '../../../common/operation';
import { getStatus } from './getStatus';
import { setStatus } from './setStatus';

export const subscriptionGroup: Resource = {
	name: 'subscriptionGroup',
	displayName: 'Subscription Group',
	operations: [setStatus, getStatus],
};
