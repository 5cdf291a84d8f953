import type { Resource } from '../../../common/operation';
import { create } from './create';
import { remove } from './delete';
import { download } from './download';
import { exportToFile } from './exportToFile';
import { get } from './get';
import { getAll } from './getAll';

export const exportResource: Resource = {
	name: 'export',
	displayName: 'Export',
	operations: [exportToFile, create, get, getAll, download, remove],
};
