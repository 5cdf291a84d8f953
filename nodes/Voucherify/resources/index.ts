import type { Resource } from '../../common/operation';
import { apiCall } from './apiCall';
import { asyncAction } from './asyncAction';
import { campaign } from './campaign';
import { customer } from './customer';
import { distribution } from './distribution';
import { event } from './event';
import { exportResource } from './export';
import { loyalty } from './loyalty';
import { order } from './order';
import { promotionTier } from './promotionTier';
import { publication } from './publication';
import { qualification } from './qualification';
import { redemption } from './redemption';
import { referral } from './referral';
import { reward } from './reward';
import { segment } from './segment';
import { validation } from './validation';
import { voucher } from './voucher';

/** Everything the node can do; the first resource is what a new node shows. */
export const resources: readonly Resource[] = [
	publication,
	customer,
	campaign,
	segment,
	voucher,
	exportResource,
	asyncAction,
	apiCall,
	distribution,
	event,
	loyalty,
	order,
	promotionTier,
	qualification,
	redemption,
	referral,
	reward,
	validation,
];
