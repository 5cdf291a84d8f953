import type { Resource } from '../../common/operation';
import { promotionCode } from './promotionCode';
import { user } from './user';

/** Everything the node can do; the first resource is what a new node shows. */
export const resources: readonly Resource[] = [user, promotionCode];
