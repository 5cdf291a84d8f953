import type { Resource } from '../../../common/operation';
import { get } from './get';
import { getAll } from './getAll';
import { triggerSend } from './triggerSend';

export const campaign: Resource = {
	name: 'campaign',
	displayName: 'Campaign',
	operations: [triggerSend, get, getAll],
};
