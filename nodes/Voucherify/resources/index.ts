import type { Resource } from '../../common/operation';
import { campaign } from './campaign';
import { customer } from './customer';
import { exportResource } from './export';
import { publication } from './publication';
import { segment } from './segment';

/** Everything the node can do; the first resource is what a new node shows. */
export const resources: readonly Resource[] = [publication, customer, campaign, segment, exportResource];
