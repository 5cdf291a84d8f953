import type { Resource } from '../../common/operation';
import { publication } from './publication';

/** Everything the node can do; the first resource is what a new node shows. */
export const resources: readonly Resource[] = [publication];
