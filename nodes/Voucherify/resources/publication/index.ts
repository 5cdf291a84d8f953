import type { Resource } from '../../../common/operation';
import { create } from './create';
import { getAll } from './getAll';
import { publishVoucher } from './publishVoucher';

export const publication: Resource = {
	name: 'publication',
	displayName: 'Publication',
	operations: [create, publishVoucher, getAll],
};
