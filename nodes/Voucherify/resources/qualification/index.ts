import type { Resource } from '../../../common/operation';
import { checkEligibility } from './checkEligibility';

export const qualification: Resource = {
	name: 'qualification',
	displayName: 'Qualification',
	operations: [checkEligibility],
};
