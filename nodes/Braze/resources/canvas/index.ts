import type { Resource } from '../../../common/operation';
import { getAll } from './getAll';
import { triggerSend } from './triggerSend';

export const canvas: Resource = {
	name: 'canvas',
	displayName: 'Canvas',
	operations: [triggerSend, getAll],
};
