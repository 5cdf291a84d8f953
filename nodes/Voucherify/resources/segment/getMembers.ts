import { perItem } from '../../../common/operation';
import { pagingFields, simplifyField } from '../../pagingFields';
import { customerFilters } from '../customer/customerFilters';
import { listCustomers, readCustomerList, type CustomerList } from '../customer/customerList';
import { anySegmentField } from './segmentField';
import { readSegment } from './segmentReference';

export const getMembers = perItem<CustomerList>({
	name: 'getMembers',
	displayName: 'Get Members',
	action: 'Get the members of a segment',
	description: 'List the customers who belong to a segment now, the oldest first, however many they are',
	fields: [anySegmentField, ...pagingFields, customerFilters, simplifyField],
	read: (item) => ({ ...readCustomerList(item), segment: readSegment(item) }),
	run: listCustomers,
});
