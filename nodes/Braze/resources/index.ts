import type { Resource } from '../../common/operation';
import { apiCall } from './apiCall';
import { campaign } from './campaign';
import { canvas } from './canvas';
import { catalog } from './catalog';
import { catalogItem } from './catalogItem';
import { connectedContent } from './connectedContent';
import { contentBlock } from './contentBlock';
import { customAttribute } from './customAttribute';
import { event } from './event';
import { message } from './message';
import { promotionCode } from './promotionCode';
import { segment } from './segment';
import { subscriptionGroup } from './subscriptionGroup';
import { transactionalEmail } from './transactionalEmail';
import { user } from './user';

/** Everything the node can do; the first resource is what a new node shows. */
export const resources: readonly Resource[] = [
	user,
	campaign,
	canvas,
	message,
	transactionalEmail,
	promotionCode,
	connectedContent,
	segment,
	subscriptionGroup,
	contentBlock,
	catalog,
	catalogItem,
	event,
	customAttribute,
	apiCall,
];
