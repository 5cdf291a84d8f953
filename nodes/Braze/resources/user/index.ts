import type { Resource } from '../../../common/operation';
import { createAlias } from './createAlias';
import { remove } from './delete';
import { exportIds } from './exportIds';
import { exportSegment } from './exportSegment';
import { identify } from './identify';
import { merge } from './merge';
import { track } from './track';

export const user: Resource = {
	name: 'user',
	displayName: 'User',
	operations: [track, exportIds, exportSegment, createAlias, identify, merge, remove],
};
