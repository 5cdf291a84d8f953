import type { Resource } from '../../../common/operation';
import { publishToSegment } from './publishToSegment';

export const distribution: Resource = {
	name: 'distribution',
	displayName: 'Distribution',
	operations: [publishToSegment],
};
